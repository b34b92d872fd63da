import type { Usage } from '../catalog/usage';
import type { Provider } from '../catalog/providers';
import type { StagedFile, StagingArea } from '../files/staging';
import type { ImagesApi, SubmitOptions } from '../providers/provider';
import type { SavedImage } from './jobRecord';
import type { Step } from './step';
import type { StagedImage } from './transforms';
import type { WaitOptions } from './waitForTask';

/** A finished image. */
export interface GeneratedImage extends StagedImage {
  /** Its number among the images of the request, from 0. */
  readonly index: number;
  /** Whether an earlier process may have saved it already. */
  readonly isAgain: boolean;
}

/** What a job brought: every image that is saved, and why the others are not. */
export interface JobResult {
  readonly saved: readonly SavedImage[];
  /** Whether they are linked where they were asked for. */
  readonly isLinked: boolean;
  readonly failures: readonly unknown[];
  /** How many images the service did not deliver, without a word about why. */
  readonly missing: number;
  readonly requestId?: string;
  readonly usage?: Usage;
}

/** What a job needs from outside. */
export interface JobDependencies {
  readonly provider: Provider;
  readonly api: ImagesApi;
  /**
   * Waits until so few jobs run that this one may.
   * @returns what lets the next one in
   * @throws the reason of `signal`
   */
  readonly takeTurn: () => Promise<(() => Promise<void>) | undefined>;
  /** Of this job alone. */
  readonly staging: StagingArea;
  readonly download: (url: string, check: (file: StagedFile) => Promise<void>) => Promise<StagedFile>;
  /** Puts an image where it belongs. Called for each one as soon as it is there: none waits for a slower one. */
  readonly save: (image: GeneratedImage) => Promise<SavedImage>;
  /**
   * Links images where they were asked for, if an earlier process has not done so.
   * @returns false where there is no such place (any more)
   */
  readonly link: (images: readonly SavedImage[]) => Promise<boolean>;
  /** How tasks are waited for. */
  readonly waiting: Omit<WaitOptions, 'label' | 'poll' | 'signal' | 'onRunning'> & {
    /**
     * Told the id under which the service works on the request, so that it can be found there whatever happens here.
     */
    readonly onTask: (taskId: string) => void;
    readonly onDuration: (ms: number) => void;
  };
  readonly onPreview: SubmitOptions['onPreview'];
  readonly signal: AbortSignal;
  /** Told what is being done now. */
  readonly onStep: (step: Step) => void;
}
