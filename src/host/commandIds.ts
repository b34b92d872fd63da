/** Every command, with the words and the icon of the quick pick behind the status bar item, in its order. */
export const COMMANDS = {
  'pictor.generateFromSelection': { label: 'Generate Image from Selection', icon: 'sparkle' },
  'pictor.generate': { label: 'Generate Image…', icon: 'file-media' },
  'pictor.selectProvider': { label: 'Select Provider…', icon: 'plug' },
  'pictor.selectModel': { label: 'Select Model…', icon: 'symbol-misc' },
  'pictor.selectStyle': { label: 'Select Prompt Style…', icon: 'paintcan' },
  'pictor.useRecipe': { label: 'Use Recipe of a Picture…', icon: 'book' },
  'pictor.showJobs': { label: 'Show Jobs', icon: 'checklist' },
  'pictor.testConnection': { label: 'Test Connection', icon: 'pulse' },
  'pictor.setApiKey': { label: 'Set API Key…', icon: 'key' },
  'pictor.removeApiKey': { label: 'Remove API Key…', icon: 'trash' },
  'pictor.showLog': { label: 'Show Log', icon: 'output' },
  'pictor.showMenu': { label: 'Show Menu', icon: 'menu' },
} as const;

export type CommandId = keyof typeof COMMANDS;

export const COMMAND_IDS = Object.keys(COMMANDS) as CommandId[];
