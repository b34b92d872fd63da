import './ui/words';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { delay } from '../core/delay';
import { TaskBatches } from '../core/providers/taskBatches';
import { isOver } from '../core/providers/taskDialect';
import { COMMANDS, type CommandDependencies } from './commands/commands';
import { FormView } from './sidebar/formView';
import type { FormApp } from './sidebar/registerForm';
import { Gallery } from './gallery/gallery';
import { Thumbnails } from './gallery/thumbnails';
import { labelOf } from '../core/jobs/actions';
import { actOnJobs } from './jobs/jobActions';
import { JobRecords } from './jobs/jobRecords';
import { JobStore } from './jobs/jobStore';
import { pruneJobs } from './jobs/pruneJobs';
import { resumeJobs } from './jobs/resumeJobs';
import { KeyStore } from './connection/keyStore';
import { linkFor } from './document/linkFor';
import { createLog } from './log';
import { ModelLists } from './connection/modelLists';
import { Refusals } from './connection/refusals';
import { LinkWriter } from './document/linkWriter';
import { tellSetAside } from './jobs/tellSetAside';
import { AnchorTracker } from './document/anchorTracker';
import { ImageSaver } from './files/imageSaver';
import { showCommandError } from './ui/showError';
import { OwnCosts } from './jobs/ownCosts';
import { TaskDurations } from './jobs/taskDurations';

export interface App extends FormApp {
  /** Runs a command. Errors are shown and logged here, and nowhere else. */
  run(id: string, argument?: unknown): Promise<unknown>;
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

/** Builds what commands share. */
export function createApp({ secrets, globalState, storage, log: channel }: AppContext): App {
  const keys = new KeyStore(secrets);
  const log = createLog(channel, keys.known);
  const anchors = new AnchorTracker();
  const jobs = new JobStore(storage.fsPath, anchors, log);
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
        void showCommandError(error, keys.known);
      }
      return undefined;
    }
  }

  const records = new JobRecords(jobs.journal, (files) => tellSetAside(log, files));
  jobs.onDidClose(({ job }) => records.follow(job));
  const gallery = new Gallery(records, jobs.journal);
  const thumbnails = new Thumbnails(join(storage.fsPath, 'thumbnails'));
  const app: CommandDependencies = {
    keys,
    log,
    anchors,
    globalState,
    jobs,
    records,
    links: new LinkWriter(anchors),
    durations: new TaskDurations(globalState),
    models: new ModelLists(globalState),
    refusals: new Refusals(globalState),
    ownCosts: new OwnCosts(records),
    images: new ImageSaver(log),
    form: {
      get isVisible() {
        return form.isVisible;
      },
      useRecipeOf: (uri) => form.useRecipeOf(uri),
    },
    taskBatches: new TaskBatches({ delay, now: Date.now, isOver: ({ item }) => isOver(item) }),
    actOn: async (action, ids, model) => {
      if (action !== 'keepAll') await guarded(labelOf(action, model), () => actOnJobs(app, action, ids, model));
    },
  };
  const form = new FormView({ app, gallery, thumbnails, guarded });
  void guarded('Prune', () => pruneJobs(app, (ids) => thumbnails.sweep(ids)));
  return {
    run: async (id, argument) => {
      const command = COMMANDS.find((one) => one.id === id);
      return command && guarded(command.label, () => command.run(app, argument));
    },
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
      records.dispose();
      anchors.dispose();
      running.dispose();
      closing.abort(new vscode.CancellationError());
      await jobs.dispose();
    },
  };
}
