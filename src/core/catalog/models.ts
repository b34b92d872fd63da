import type { FieldName } from './fields';
import type { Constraint, Rule } from './rules';

/** How a model answers: with the images, or with a task to wait for. */
export type AnswerMode = 'images' | 'task';

/** A model as a provider offers it: which fields it takes, and within which limits. */
export interface Model {
  readonly id: string;
  /** Fields that are not here are not sent to this model. */
  readonly fields: Readonly<Partial<Record<FieldName, Rule>>>;
  readonly constraints: readonly Constraint[];
  /** In Unicode characters; undefined where it is unknown. */
  readonly maxPromptCharacters?: number;
  readonly answers: AnswerMode;
  /** An image of more pixels takes minutes: longer than a gateway keeps a connection open. */
  readonly slowAbovePixels?: number;
}

const TEXT: Rule = { kind: 'text' };
const RESPONSE_FORMAT: Rule = { kind: 'choice', values: ['url', 'b64_json'] };

/** An integer from 1 to `max`. */
export function upTo(max: number): Rule {
  return { kind: 'integer', min: 1, max };
}

/** Sizes of which only some are known. */
export function openSizes(...values: string[]): Rule {
  return { kind: 'size', values, free: {} };
}

export const DALL_E_2: Model = {
  id: 'dall-e-2',
  fields: {
    n: upTo(10),
    size: { kind: 'size', values: ['256x256', '512x512', '1024x1024'] },
    quality: { kind: 'choice', values: ['standard'] },
    responseFormat: RESPONSE_FORMAT,
    user: TEXT,
  },
  constraints: [],
  maxPromptCharacters: 1000,
  answers: 'images',
};

export const DALL_E_3: Model = {
  id: 'dall-e-3',
  fields: {
    n: upTo(1),
    size: { kind: 'size', values: ['1024x1024', '1792x1024', '1024x1792'] },
    quality: { kind: 'choice', values: ['standard', 'hd'] },
    style: { kind: 'choice', values: ['vivid', 'natural'] },
    responseFormat: RESPONSE_FORMAT,
    user: TEXT,
  },
  constraints: [],
  maxPromptCharacters: 4000,
  answers: 'images',
};

/** The GPT image models refuse `response_format` and always answer with base64. */
export const GPT_IMAGE_1: Model = {
  id: 'gpt-image-1',
  fields: {
    n: upTo(10),
    size: { kind: 'size', values: ['1024x1024', '1536x1024', '1024x1536', 'auto'] },
    quality: { kind: 'choice', values: ['auto', 'low', 'medium', 'high'] },
    background: { kind: 'choice', values: ['auto', 'transparent', 'opaque'] },
    moderation: { kind: 'choice', values: ['auto', 'low'] },
    outputFormat: { kind: 'choice', values: ['png', 'jpeg', 'webp'] },
    outputCompression: { kind: 'integer', min: 0, max: 100 },
    partialImages: { kind: 'integer', min: 0, max: 3 },
    user: TEXT,
  },
  constraints: [
    { field: 'background', value: 'transparent', needs: 'outputFormat', values: ['png', 'webp'], orUnset: true },
    { field: 'outputCompression', needs: 'outputFormat', values: ['jpeg', 'webp'], orUnset: false },
  ],
  maxPromptCharacters: 32_000,
  answers: 'images',
};

export const GPT_IMAGE_1_MINI: Model = { ...GPT_IMAGE_1, id: 'gpt-image-1-mini' };
export const GPT_IMAGE_1_5: Model = { ...GPT_IMAGE_1, id: 'gpt-image-1.5' };

export const GPT_IMAGE_2: Model = {
  ...GPT_IMAGE_1,
  id: 'gpt-image-2',
  // The largest size of the models before it; 4K takes 4 to 8 minutes.
  slowAbovePixels: 1536 * 1024,
  fields: {
    ...GPT_IMAGE_1.fields,
    size: {
      kind: 'size',
      values: ['auto'],
      free: { multipleOf: 16, maxRatio: 3, maxSide: 3840, maxPixels: 8_294_400 },
    },
  },
};

/** A relay's own model, of which only the common fields are known. */
export function relayModel(id: string, maxCount: number, answers: AnswerMode = 'images'): Model {
  return {
    id,
    fields: {
      n: upTo(maxCount),
      size: openSizes('512x512', '1024x1024'),
      responseFormat: RESPONSE_FORMAT,
      user: TEXT,
    },
    constraints: [],
    answers,
  };
}

/** The same model with other limits for some fields. */
export function withFields(model: Model, fields: Model['fields']): Model {
  return { ...model, fields: { ...model.fields, ...fields } };
}
