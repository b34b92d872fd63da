import { t } from '@vscode/l10n';
import type { JobsDependencies } from '../jobs/jobsDependencies';
import { removeApiKey, setApiKey } from './apiKey';
import { generate } from './generate';
import { generateFromSelection } from './generateFromSelection';
import { selectModel } from './selectModel';
import { selectProvider } from './selectProvider';
import { selectStyle } from './selectStyle';
import { showJobs } from './showJobs';
import { showMenu } from './showMenu';
import { showSpending } from './showSpending';
import { testConnection } from './testConnection';
import { useRecipe, type UseRecipeDependencies } from './useRecipe';

/** All that commands depend on; each takes what it needs. */
export type CommandDependencies = JobsDependencies & UseRecipeDependencies;

export interface Command {
  readonly id: `pictor.${string}`;
  /** Words of the menu; those of the palette are in package.json. */
  readonly label: string;
  /** Name of a codicon. */
  readonly icon: string;
  /** @param argument what the command was called with, such as the file of a context menu */
  readonly run: (app: CommandDependencies, argument?: unknown) => Promise<unknown>;
}

/** Every command, in the order of the menu. The manifest says which are registered: a test compares the two. */
export const COMMANDS: readonly Command[] = [
  {
    id: 'pictor.generateFromSelection',
    label: t('Generate Image from Selection'),
    icon: 'sparkle',
    run: generateFromSelection,
  },
  { id: 'pictor.generate', label: t('Generate Image…'), icon: 'file-media', run: generate },
  { id: 'pictor.selectProvider', label: t('Select Provider…'), icon: 'plug', run: selectProvider },
  { id: 'pictor.selectModel', label: t('Select Model…'), icon: 'symbol-misc', run: selectModel },
  { id: 'pictor.selectStyle', label: t('Select Prompt Style…'), icon: 'paintcan', run: selectStyle },
  { id: 'pictor.useRecipe', label: t('Use Recipe of a Picture…'), icon: 'book', run: useRecipe },
  { id: 'pictor.showJobs', label: t('Show Jobs'), icon: 'checklist', run: showJobs },
  { id: 'pictor.showSpending', label: t('Show Spending'), icon: 'graph', run: showSpending },
  { id: 'pictor.testConnection', label: t('Test Connection'), icon: 'pulse', run: testConnection },
  { id: 'pictor.setApiKey', label: t('Set API Key…'), icon: 'key', run: setApiKey },
  { id: 'pictor.removeApiKey', label: t('Remove API Key…'), icon: 'trash', run: removeApiKey },
  { id: 'pictor.showLog', label: t('Show Log'), icon: 'output', run: (app) => Promise.resolve(app.log.show()) },
  {
    id: 'pictor.showMenu',
    label: t('Show Menu'),
    icon: 'menu',
    run: () => showMenu(COMMANDS.filter(({ id }) => id !== 'pictor.showMenu')),
  },
];
