import './ui/words';
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { delay } from '../core/delay';
import { TaskBatches } from '../core/providers/taskBatches';
import { isOver } from '../core/providers/taskDialect';
import { COMMANDS, type CommandId } from './ui/commandIds';
import { generate } from './commands/generate';
import { generateFromSelection } from './commands/generateFromSelection';
import { removeApiKey, setApiKey } from './commands/apiKey';
import { selectModel } from './commands/selectModel';
import { selectProvider } from './commands/selectProvider';
import { selectStyle } from './commands/selectStyle';
import { showJobs } from './commands/showJobs';
import { showMenu } from './commands/showMenu';
import { testConnection } from './commands/testConnection';
import { useRecipe, type UseRecipeDependencies } from './commands/useRecipe';
import { FormView } from './sidebar/formView';
import type { FormApp } from './sidebar/registerForm';
import { Gallery } from './gallery/gallery';
import { Thumbnails } from './gallery/thumbnails';
import { JOB_ACTIONS } from './jobs/jobActions';
import { JobStore } from './jobs/jobStore';
import type { JobsDependencies } from './jobs/jobsDependencies';
import { pruneJobs } from './jobs/pruneJobs';
import { resumeJobs } from './jobs/resumeJobs';
import { KeyStore } from './connection/keyStore';
import { linkFor } from './document/linkFor';
import { createLog } from './log';
import { ModelLists } from './connection/modelLists';
import { notify } from './ui/notify';
import { PlaceTracker } from './document/placeTracker';
import { PictureSaver } from './files/savePictures';
import { showError } from './ui/showError';
import { TaskDurations } from './jobs/taskDurations';

export interface App extends FormApp {
  /** Runs a command. Errors are shown and logged here, and nowhere else. */
  run(id: CommandId, argument?: unknown): Promise<unknown>;
  /** Goes on with what other windows have left undone, until nothing of it is left to them. */
  resume(): Promise<void>;
  /** How many jobs run; fires when that changes. */
  readonly onDidChangeRunning: vscode.Event<number>;
  /** Leaves the jobs as they stand, for another window to go on with. */
  dispose(): Promise<void>;
}

/** What the extension hands in. */
export interface AppContext {
  readonly secrets: vscode.SecretStorage;
  readonly globalState: vscode.Memento;
  readonly storage: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
}

/** All that commands depend on; each takes what it needs. */
type CommandDependencies = JobsDependencies & UseRecipeDependencies;

/** @param argument what the command was called with, such as the file of a context menu */
type Handler = (app: CommandDependencies, argument?: unknown) => Promise<unknown>;

const HANDLERS: Readonly<Record<CommandId, Handler>> = {
  'pictor.generateFromSelection': generateFromSelection,
  'pictor.generate': generate,
  'pictor.selectProvider': selectProvider,
  'pictor.selectModel': selectModel,
  'pictor.selectStyle': selectStyle,
  'pictor.useRecipe': useRecipe,
  'pictor.testConnection': testConnection,
  'pictor.showJobs': showJobs,
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
  const jobs = new JobStore(storage.fsPath, places, log);
  const running = new vscode.EventEmitter<number>();
  const closing = new AbortController();
  jobs.onDidChange(() => running.fire(jobs.running.length));

  async function guarded<T>(label: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof vscode.CancellationError) log.info(`${label}: cancelled`);
      else {
        log.error(error);
        void showError(error, keys.known);
      }
      return undefined;
    }
  }

  const gallery = new Gallery(jobs);
  const thumbnails = new Thumbnails(join(storage.fsPath, 'thumbnails'));
  const app: CommandDependencies = {
    keys,
    log,
    places,
    globalState,
    jobs,
    durations: new TaskDurations(globalState),
    models: new ModelLists(globalState),
    pictures: new PictureSaver(log),
    form: {
      get isVisible() {
        return form.isVisible;
      },
      showFailure: (record, reason) => form.showFailure(record, reason),
      useRecipeOf: (uri) => form.useRecipeOf(uri),
    },
    batches: new TaskBatches({ delay, now: Date.now, isOver: ({ item }) => isOver(item) }),
    actOn: async (action, id, place) => {
      const { label, isPossible, run } = JOB_ACTIONS[action];
      await guarded(label, async () => {
        const record = await jobs.journal.read(id);
        const isRunning = jobs.running.some(({ job }) => job.record.id === id);
        if (record && isPossible(record, isRunning)) await run(app, record, place);
        else void notify.info(t('{label}: this job has gone on meanwhile. Show Jobs tells how it stands.', { label }));
      });
    },
  };
  const form = new FormView({ app, gallery, thumbnails, guarded });
  void guarded('Prune', () => pruneJobs(app, (ids) => thumbnails.sweep(ids)));
  return {
    run: (id, argument) => guarded(COMMANDS[id].label, () => HANDLERS[id](app, argument)),
    resume: async () => {
      await guarded('Resume', () => resumeJobs(app, closing.signal));
    },
    onDidChangeRunning: running.event,
    showForm: (view, early) => form.attach(view, early),
    linksTo: async (ids, document) => {
      await gallery.load();
      const links = ids.flatMap((id) => gallery.find(id) ?? []).map(({ saved }) => linkFor(saved, document));
      return links.length > 0 ? links.join(' ') : undefined;
    },
    dispose: async () => {
      form.dispose();
      gallery.dispose();
      places.dispose();
      running.dispose();
      closing.abort(new vscode.CancellationError());
      await jobs.dispose();
    },
  };
}
