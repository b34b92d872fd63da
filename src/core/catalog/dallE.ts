import { oneOf, upTo, type Model } from './model';
import type { Rule } from './rules';

/** The models that OpenAI retired on 2026-05-12; a relay may still have them. */

const TEXT: Rule = { kind: 'text' };
export const RESPONSE_FORMAT: Rule = { kind: 'choice', values: ['url', 'b64_json'] };

const ENDED = { on: '2026-05-12', replacement: 'gpt-image-2.6-flare' } as const;

export const DALL_E_2: Model = {
  id: 'dall-e-2',
  fields: {
    n: upTo(10),
    size: { kind: 'size', values: ['256x256', '512x512', '1024x1024'] },
    quality: oneOf('standard'),
    responseFormat: RESPONSE_FORMAT,
    user: TEXT,
  },
  constraints: [],
  maxPromptCharacters: 1000,
  answers: 'images',
  ends: ENDED,
};

export const DALL_E_3: Model = {
  id: 'dall-e-3',
  fields: {
    n: upTo(1),
    size: { kind: 'size', values: ['1024x1024', '1792x1024', '1024x1792'] },
    quality: oneOf('standard', 'hd'),
    style: oneOf('vivid', 'natural'),
    responseFormat: RESPONSE_FORMAT,
    user: TEXT,
  },
  constraints: [],
  maxPromptCharacters: 4000,
  answers: 'images',
  ends: ENDED,
};
