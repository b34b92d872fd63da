import * as vscode from 'vscode';
import { delay } from '../core/delay';
import { StagingArea } from '../core/files/staging';
import { TaskBatches } from '../core/providers/taskBatches';
import { isOver } from '../core/providers/taskDialect';
import type { AppParts } from './appParts';
import { COMMANDS, type CommandId } from './commandIds';
import { generate } from './commands/generate';
import { generateFromSelection } from './commands/generateFromSelection';
import { removeApiKey, setApiKey } from './commands/apiKey';
import { selectModel } from './commands/selectModel';
import { selectProvider } from './commands/selectProvider';
import { showMenu } from './commands/showMenu';
import { testConnection } from './commands/testConnection';
import { KeyStore } from './keyStore';
import { createLog } from './log';
import { ModelLists } from './modelLists';
import { PlaceTracker } from './placeTracker';
import { PictureSaver } from './savePictures';
import { showError } from './showError';
import { TaskDurations } from './taskDurations';

export interface App {
  /** Runs a command. Errors are shown and logged here, and nowhere else. */
  run(id: CommandId): Promise<unknown>;
  dispose(): void;
}

/** What the extension hands in. */
export interface AppContext {
  readonly secrets: vscode.SecretStorage;
  readonly globalState: vscode.Memento;
  readonly storage: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
}

type Handler = (app: AppParts) => Promise<unknown>;

const HANDLERS: Readonly<Record<CommandId, Handler>> = {
  'pictor.generateFromSelection': generateFromSelection,
  'pictor.generate': generate,
  'pictor.selectProvider': selectProvider,
  'pictor.selectModel': selectModel,
  'pictor.testConnection': testConnection,
  'pictor.setApiKey': setApiKey,
  'pictor.removeApiKey': removeApiKey,
  'pictor.showLog': (app) => Promise.resolve(app.log.show()),
  'pictor.showMenu': showMenu,
};

/** Builds the parts that commands share. */
export function createApp({ secrets, globalState, storage, log: channel }: AppContext): App {
  const keys = new KeyStore(secrets);
  const log = createLog(channel, keys.known);
  const places = new PlaceTracker();
  const app: AppParts = {
    keys,
    log,
    places,
    globalState,
    durations: new TaskDurations(globalState),
    models: new ModelLists(globalState),
    pictures: new PictureSaver(storage, log),
    staging: new StagingArea(vscode.Uri.joinPath(storage, 'staging').fsPath),
    batches: new TaskBatches({ delay, now: Date.now, isOver: ({ item }) => isOver(item) }),
  };
  return {
    async run(id) {
      try {
        return await HANDLERS[id](app);
      } catch (error) {
        if (error instanceof vscode.CancellationError) {
          log.info(`${COMMANDS[id].label}: cancelled`);
          return undefined;
        }
        log.error(error);
        void showError(error, keys.known);
        return undefined;
      }
    },
    dispose: () => places.dispose(),
  };
}
