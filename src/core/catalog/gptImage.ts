import { oneOf, upTo, type FrameLimit, type Model } from './model';
import type { Constraint, Rule } from './rules';
import type { FreeSize } from './sizes';

/** OpenAI's GPT image models, as its reference and measurements of November 2026 have them. */

/** Asked for by the hash of the user's id: `user` is only read where that is empty. */
const USER: Rule = { kind: 'text', hashedAs: 'safety_identifier' };

/** The family's smallest image is 1024x640, its largest 3840x2160. */
const FREE_SIZE: FreeSize = { multipleOf: 16, maxRatio: 3, maxSide: 3840, minPixels: 655_360, maxPixels: 8_294_400 };

/** All frames together have the pixels of one image; squares up to 960, 816 and 720 were measured. */
const FRAME_LIMITS: readonly FrameLimit[] = [9, 12, 16].map((maxFrames) => ({
  maxFrames,
  maxPixels: Math.floor(8_294_400 / maxFrames),
}));

const CLASSIC_SIZES = ['1024x1024', '1536x1024', '1024x1536'] as const;
const STILL = ['png', 'jpeg', 'webp'] as const;

const COMPRESSION: Constraint = {
  field: 'outputCompression',
  needs: 'outputFormat',
  values: ['jpeg', 'webp'],
  orUnset: false,
};

/** A transparent image needs a format that can be that; left out, it is png. */
function transparency(...formats: string[]): Constraint {
  return { field: 'background', value: 'transparent', needs: 'outputFormat', values: formats, orUnset: true };
}

/** What all of them take. None takes `response_format` or `style`: they always answer with base64. */
const COMMON: Model = {
  id: 'gpt-image',
  fields: {
    n: upTo(10),
    size: { kind: 'size', values: [...CLASSIC_SIZES, 'auto'] },
    quality: oneOf('auto', 'low', 'medium', 'high'),
    background: oneOf('auto', 'transparent', 'opaque'),
    moderation: oneOf('auto', 'low'),
    outputFormat: oneOf(...STILL),
    outputCompression: { kind: 'integer', min: 0, max: 100 },
    partialImages: { kind: 'integer', min: 0, max: 3 },
    user: USER,
  },
  constraints: [transparency('png', 'webp'), COMPRESSION],
  maxPromptCharacters: 32_000,
  answers: 'images',
  defaultQuality: 'medium',
};

/** The models that end on 2026-12-01, by OpenAI's notice of 2026-06-02. */
const SOON = { on: '2026-12-01', replacement: 'gpt-image-2.6-flare' } as const;

export const GPT_IMAGE_1: Model = {
  ...COMMON,
  id: 'gpt-image-1',
  ends: { on: '2026-10-23', replacement: 'gpt-image-2.6-flare' },
};
export const GPT_IMAGE_1_MINI: Model = { ...COMMON, id: 'gpt-image-1-mini', ends: SOON };
export const GPT_IMAGE_1_5: Model = {
  ...COMMON,
  id: 'gpt-image-1.5',
  snapshots: ['gpt-image-1.5-2025-12-16'],
  ends: SOON,
};
export const CHATGPT_IMAGE: Model = { ...COMMON, id: 'chatgpt-image-latest', ends: SOON };

/** What is slow, or tried out, begins at these sizes: the largest of the models before, and 2560x1440. */
const FREE = {
  ...COMMON,
  slowAbovePixels: 1536 * 1024,
  experimentalAbovePixels: 2560 * 1440,
  fields: { ...COMMON.fields, size: { kind: 'size', values: ['auto'], free: FREE_SIZE } },
} as const satisfies Model;

/** Its transparent background was a preview, which has been refused since 2026-09-30. */
export const GPT_IMAGE_2: Model = {
  ...FREE,
  id: 'gpt-image-2',
  snapshots: ['gpt-image-2-2026-04-21'],
  fields: { ...FREE.fields, background: oneOf('auto', 'opaque') },
  constraints: [COMPRESSION],
};

const FINE = {
  ...FREE,
  defaultQuality: 'high',
  fields: { ...FREE.fields, quality: oneOf('auto', 'low', 'medium', 'high', 'xhigh', 'max') },
} as const satisfies Model;

function version25(id: string): Model {
  return { ...FINE, id, snapshots: [`${id}-2026-09-08`] };
}

export const GPT_IMAGE_2_5_FLARE = version25('gpt-image-2.5-flare');
export const GPT_IMAGE_2_5_SUNBURST = version25('gpt-image-2.5-sunburst');

/** An animation or a drawing comes as a whole, and is not compressed. */
const MOVING_OR_DRAWN: readonly Constraint[] = [
  transparency('png', 'webp', 'gif'),
  COMPRESSION,
  { field: 'frameCount', needs: 'outputFormat', values: ['gif'], orUnset: false },
  { field: 'frameDurationMs', needs: 'outputFormat', values: ['gif'], orUnset: false },
  { field: 'svgModel', needs: 'outputFormat', values: ['svg'], orUnset: false },
  { field: 'svgEffort', needs: 'outputFormat', values: ['svg'], orUnset: false },
  { field: 'partialImages', needs: 'outputFormat', values: STILL, orUnset: true },
  { field: 'outputFormat', value: 'svg', needs: 'n', values: [1], orUnset: true },
];

/** GIF and SVG need an account that has them. The reference says of a frame's time only its rounding and its end. */
function version26(id: string): Model {
  return {
    ...FINE,
    id,
    frameLimits: FRAME_LIMITS,
    fields: {
      ...FINE.fields,
      complexity: oneOf('low', 'medium', 'high'),
      outputFormat: oneOf(...STILL, 'gif', 'svg'),
      frameCount: { kind: 'integer', min: 2, max: 16 },
      frameDurationMs: { kind: 'integer', min: 10, max: 655_350 },
      svgModel: { kind: 'text' },
      svgEffort: oneOf('none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'),
    },
    constraints: MOVING_OR_DRAWN,
  };
}

export const GPT_IMAGE_2_6_FLARE = version26('gpt-image-2.6-flare');
export const GPT_IMAGE_2_6_SUNBURST = version26('gpt-image-2.6-sunburst');

/** All of them, the newest first. */
export const GPT_IMAGES: readonly Model[] = [
  GPT_IMAGE_2_6_FLARE,
  GPT_IMAGE_2_6_SUNBURST,
  GPT_IMAGE_2_5_FLARE,
  GPT_IMAGE_2_5_SUNBURST,
  GPT_IMAGE_2,
  GPT_IMAGE_1_5,
  GPT_IMAGE_1_MINI,
  CHATGPT_IMAGE,
  GPT_IMAGE_1,
];
