import type * as vscode from 'vscode';
import type { JobRecord } from '../../core/jobs/jobRecord';
import type { TaskAnswer } from '../../core/providers/serviceAccess';
import type { TaskBatches } from '../../core/providers/taskBatches';
import type { KeyStore } from '../connection/keyStore';
import type { ModelLists } from '../connection/modelLists';
import type { PlaceTracker, TrackedPlace } from '../document/placeTracker';
import type { PictureSaver } from '../files/savePictures';
import type { Log } from '../log';
import type { JobAction } from './jobAction';
import type { JobStore } from './jobStore';
import type { TaskDurations } from './taskDurations';

/** What a window's jobs depend on; each function takes what it needs. */
export interface JobsDependencies {
  readonly keys: KeyStore;
  readonly log: Log;
  readonly places: PlaceTracker;
  readonly pictures: PictureSaver;
  readonly durations: TaskDurations;
  readonly jobs: JobStore;
  /**
   * Does what a person wants with a job, if that is still possible: it may have gone on since they were asked. Errors
   * are shown and logged there.
   * @param place as this window has followed it so far
   */
  readonly actOn: (action: JobAction, id: string, place?: TrackedPlace) => Promise<void>;
  /** Questions about tasks, of all commands together. */
  readonly batches: TaskBatches<TaskAnswer>;
  readonly models: ModelLists;
  /** The form, as far as jobs must know of it. */
  readonly form: {
    /** Whether the user sees it: what it asked for is told there, and not in notifications. */
    readonly isVisible: boolean;
    readonly showFailure: (record: JobRecord, reason: unknown) => void;
  };
  /** Small facts that outlive the session, such as hints that were given. */
  readonly globalState: vscode.Memento;
}
