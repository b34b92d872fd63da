import { withoutGaps } from '../withoutGaps';
import type { FieldName } from './fields';
import type { Constraint, Rule } from './rules';

/** How a model answers: with the images, or with a task to wait for. */
export type AnswerMode = 'images' | 'task';

/** When a model ends, and what is to be used instead. */
export interface Ending {
  /** `YYYY-MM-DD`, in UTC: the first day on which it is not there. */
  readonly on: string;
  /** Id of a model of the same provider. */
  readonly replacement: string;
}

/** The largest frame, by how many share one image's pixels. */
export interface FrameLimit {
  readonly maxFrames: number;
  readonly maxPixels: number;
}

/** A model as a provider offers it: which fields it takes, and within which limits. */
export interface Model {
  readonly id: string;
  /** Dated versions of it, with the same rules. */
  readonly snapshots?: readonly string[];
  /** Fields that are not here are not sent to this model. */
  readonly fields: Readonly<Partial<Record<FieldName, Rule>>>;
  readonly constraints: readonly Constraint[];
  /** In Unicode characters; undefined where it is unknown. */
  readonly maxPromptCharacters?: number;
  readonly answers: AnswerMode;
  /** Quality that is sent where none is set: left to itself, a model may choose one that costs four times as much. */
  readonly defaultQuality?: string;
  /** An image of more pixels takes minutes: longer than a gateway keeps a connection open. */
  readonly slowAbovePixels?: number;
  /** An image of more pixels may come out less well, as the provider says. */
  readonly experimentalAbovePixels?: number;
  /** The fewest frames first; absent where a model draws no animation. */
  readonly frameLimits?: readonly FrameLimit[];
  /** Absent where no end is known. */
  readonly ends?: Ending;
  /** Whether it may have ended at this provider: nobody has tried it lately. */
  readonly mayHaveEnded?: true;
  /** Id of the model whose rules are assumed for this one, which is not known yet: nothing is refused by them. */
  readonly assumedFrom?: string;
}

/** An integer from 1 to `max`. */
export function upTo(max: number): Rule {
  return { kind: 'integer', min: 1, max };
}

/** Sizes of which only some are known. */
export function openSizes(...values: string[]): Rule {
  return { kind: 'size', values, free: {} };
}

/** One of a few words. */
export function oneOf(...values: string[]): Rule {
  return { kind: 'choice', values };
}

/** The same model with other limits for some fields; undefined for one that it does not take. */
export function withFields(model: Model, fields: Readonly<Partial<Record<FieldName, Rule | undefined>>>): Model {
  return { ...model, fields: withoutGaps({ ...model.fields, ...fields }) };
}

/** The same models, which nobody has tried lately at a provider. */
export function perhapsEnded(...models: readonly Model[]): Model[] {
  return models.map((model) => ({ ...model, ends: undefined, mayHaveEnded: true }));
}
