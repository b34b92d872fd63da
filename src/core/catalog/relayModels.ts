import { RESPONSE_FORMAT } from './dallE';
import { openSizes, upTo, withFields, type AnswerMode, type Model } from './model';

/** A relay's own model, of which only the common fields are known. */
export function relayModel(id: string, maxCount: number, answers: AnswerMode = 'images'): Model {
  return {
    id,
    fields: {
      n: upTo(maxCount),
      size: openSizes('512x512', '1024x1024'),
      responseFormat: RESPONSE_FORMAT,
      user: { kind: 'text' },
    },
    constraints: [],
    answers,
  };
}

/** A relay's model whose shape is chosen by other fields than `size`. */
export function shapelessModel(id: string, maxCount: number): Model {
  return withFields(relayModel(id, maxCount), { size: undefined });
}

/**
 * Nano Banana at Ace Data Cloud takes only `model`, `prompt` and `size`, of which it knows three shapes; it draws one
 * image, whatever `n` says.
 */
export function nanoBanana(id: string): Model {
  return {
    id,
    fields: { n: upTo(1), size: { kind: 'size', values: ['1024x1024', '1792x1024', '1024x1792'] } },
    constraints: [],
    answers: 'images',
  };
}

/** What a relay is known to take of a GPT image model: what came with 2.6, and GIF and SVG, nobody has tried there. */
export function relayedGptImage(model: Model): Model {
  const { outputFormat, user } = model.fields;
  return {
    ...withFields(model, {
      complexity: undefined,
      frameCount: undefined,
      frameDurationMs: undefined,
      svgModel: undefined,
      svgEffort: undefined,
      outputFormat: outputFormat && { kind: 'choice', values: ['png', 'jpeg', 'webp'] },
      user: user && { kind: 'text' },
    }),
    constraints: model.constraints
      .filter(({ field, value }) => !NOT_RELAYED.has(field) && value !== 'svg')
      .map((constraint) => ({ ...constraint, values: constraint.values.filter((value) => value !== 'gif') })),
    frameLimits: undefined,
    // A relay keeps what its own upstream keeps.
    ends: undefined,
  };
}

const NOT_RELAYED: ReadonlySet<string> = new Set(['frameCount', 'frameDurationMs', 'svgModel', 'svgEffort']);
