import type * as vscode from 'vscode';
import type { JobAction } from '../../core/jobs/action';
import type { TaskAnswer } from '../../core/providers/providerAccess';
import type { TaskBatches } from '../../core/providers/taskBatches';
import type { KeyStore } from '../connection/keyStore';
import type { ModelLists } from '../connection/modelLists';
import type { Refusals } from '../connection/refusals';
import type { AnchorTracker } from '../document/anchorTracker';
import type { LinkWriter } from '../document/linkWriter';
import type { ImageSaver } from '../files/imageSaver';
import type { Log } from '../log';
import type { JobRecords } from './jobRecords';
import type { JobStore } from './jobStore';
import type { OwnCosts } from './ownCosts';
import type { TaskDurations } from './taskDurations';

/** What a window's jobs depend on; each function takes what it needs. */
export interface JobsDependencies {
  readonly keys: KeyStore;
  readonly log: Log;
  readonly anchors: AnchorTracker;
  readonly links: LinkWriter;
  readonly images: ImageSaver;
  readonly durations: TaskDurations;
  readonly jobs: JobStore;
  readonly records: JobRecords;
  /**
   * Does what a person wants with jobs, as far as that is still possible: they may have gone on since they were asked.
   * Errors are shown and logged there.
   * @param model for `useModel`
   */
  readonly actOn: (action: JobAction, ids: readonly string[], model?: string) => Promise<void>;
  /** Questions about tasks, of all commands together. */
  readonly taskBatches: TaskBatches<TaskAnswer>;
  readonly models: ModelLists;
  readonly refusals: Refusals;
  readonly ownCosts: OwnCosts;
  /** The form, as far as jobs must know of it. */
  readonly form: {
    /** Whether the user sees it: what it asked for is told there, and not in notifications. */
    readonly isVisible: boolean;
  };
  /** Small facts that outlive the session, such as hints that were given. */
  readonly globalState: vscode.Memento;
}
