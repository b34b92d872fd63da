import type * as vscode from 'vscode';
import type { KeyStore } from './keyStore';
import type { Log } from './log';
import type { PlaceTracker } from './placeTracker';
import type { PictureSaver } from './savePictures';
import type { TaskDurations } from './taskDurations';

/** What the commands share; each takes what it needs. */
export interface AppParts {
  readonly keys: KeyStore;
  readonly log: Log;
  readonly places: PlaceTracker;
  readonly pictures: PictureSaver;
  readonly durations: TaskDurations;
  /** Small facts that outlive the session, such as hints that were given. */
  readonly globalState: vscode.Memento;
}
