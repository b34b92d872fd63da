import { t } from '@vscode/l10n';

/** Commands by their ids, with the words and the icon of the menu. */
export const COMMANDS = {
  'pictor.generateFromSelection': { label: t('Generate Image from Selection'), icon: 'sparkle' },
  'pictor.generate': { label: t('Generate Image…'), icon: 'file-media' },
  'pictor.selectProvider': { label: t('Select Provider…'), icon: 'plug' },
  'pictor.selectModel': { label: t('Select Model…'), icon: 'symbol-misc' },
  'pictor.selectStyle': { label: t('Select Prompt Style…'), icon: 'paintcan' },
  'pictor.useRecipe': { label: t('Use Recipe of a Picture…'), icon: 'book' },
  'pictor.showJobs': { label: t('Show Jobs'), icon: 'checklist' },
  'pictor.testConnection': { label: t('Test Connection'), icon: 'pulse' },
  'pictor.setApiKey': { label: t('Set API Key…'), icon: 'key' },
  'pictor.removeApiKey': { label: t('Remove API Key…'), icon: 'trash' },
  'pictor.showLog': { label: t('Show Log'), icon: 'output' },
  'pictor.showMenu': { label: t('Show Menu'), icon: 'menu' },
} as const;

export type CommandId = keyof typeof COMMANDS;

export const COMMAND_IDS = Object.keys(COMMANDS) as CommandId[];
