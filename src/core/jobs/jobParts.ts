import type { Usage, UsedValues } from '../answers/answer';
import type { ProviderDefinition } from '../catalog/providers';
import type { MediaType } from '../images/mediaType';
import type { StagedFile, StagingArea } from '../files/staging';
import type { NotEmbedded } from '../recipe/pngRecipe';
import type { ImageProvider, SubmitOptions } from '../providers/provider';
import type { SavedPicture } from './jobRecord';
import type { Step } from './step';
import type { WaitParts } from './waitForTask';

/** A finished picture. */
export interface GeneratedImage extends MediaType {
  readonly file: StagedFile;
  /** The prompt that the service really used. */
  readonly revisedPrompt?: string;
  readonly used: UsedValues;
  /** Its place among the pictures of the request, from 0. */
  readonly index: number;
  /** Whether an earlier process may have saved it already. */
  readonly isAgain: boolean;
  /** Why its recipe is not in it, where it was to be. */
  readonly notEmbedded?: NotEmbedded;
}

/** What a job brought: every picture that is saved, and why the others are not. */
export interface JobResult {
  readonly saved: readonly SavedPicture[];
  /** Whether they are linked where they were asked for. */
  readonly isLinked: boolean;
  readonly failures: readonly unknown[];
  /** How many pictures the service did not deliver, without a word about why. */
  readonly missing: number;
  readonly requestId?: string;
  readonly usage?: Usage;
}

/** The parts that a job needs from outside. */
export interface JobParts {
  readonly definition: ProviderDefinition;
  readonly provider: ImageProvider;
  /**
   * Waits until so few jobs run that this one may.
   * @returns what lets the next one in
   * @throws the reason of `signal`
   */
  readonly takeTurn: () => Promise<(() => Promise<void>) | undefined>;
  /** Of this job alone. */
  readonly staging: StagingArea;
  readonly download: (url: string, check: (file: StagedFile) => Promise<void>) => Promise<StagedFile>;
  /** Puts a picture where it belongs. Called for each one as soon as it is there: none waits for a slower one. */
  readonly save: (image: GeneratedImage) => Promise<SavedPicture>;
  /**
   * Links pictures where they were asked for, if an earlier process has not done so.
   * @returns false where there is no such place (any more)
   */
  readonly link: (pictures: readonly SavedPicture[]) => Promise<boolean>;
  /** How tasks are waited for. */
  readonly waiting: Omit<WaitParts, 'label' | 'poll' | 'signal' | 'onRunning'> & {
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
