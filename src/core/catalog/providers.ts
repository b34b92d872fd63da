import { t } from '@vscode/l10n';
import { DALL_E_2, DALL_E_3, RESPONSE_FORMAT } from './dallE';
import {
  CHATGPT_IMAGE,
  GPT_IMAGE_1,
  GPT_IMAGE_1_5,
  GPT_IMAGE_1_MINI,
  GPT_IMAGE_2,
  GPT_IMAGE_2_5_FLARE,
  GPT_IMAGE_2_5_SUNBURST,
  GPT_IMAGE_2_6_FLARE,
  GPT_IMAGE_2_6_SUNBURST,
} from './gptImage';
import { oneOf, perhapsEnded, upTo, withFields, type Model } from './model';
import { nanoBanana, relayedGptImage, relayModel, shapelessModel } from './relayModels';
import type { Constraint } from './rules';

export type ProviderId = 'placeholder' | 'openai' | 'tokenlab' | 'lemondata' | 'cometapi' | 'acedata' | 'custom';

/** How a service that offers it is asked for a task instead of the images: with `async`, or more. */
export interface TaskOffer {
  /** Whether it sends the result to a `callback_url` too. */
  readonly callbacks?: true;
  /** Whether it can be asked about a task by the `trace_id` of its request. */
  readonly traces?: true;
}

/** When the catalog was last compared with what the providers say, `YYYY-MM-DD`. */
export const CATALOG_DATE = '2026-11-25';

/** A service as data: where it is, how it is spoken to, which models it has. */
export interface Provider {
  readonly id: ProviderId;
  readonly label: string;
  /** One line for the list of providers. */
  readonly description: string;
  /** Absent where there is nothing to connect to, or where the user must say it. */
  readonly baseUrl?: string;
  readonly key: 'none' | 'required' | 'optional';
  /** Where a person makes a key. */
  readonly keysUrl?: string;
  readonly defaultModel: string;
  readonly models: readonly Model[];
  /** Rules that hold for every model of the service, unknown ones included. */
  readonly constraints: readonly Constraint[];
  /** Absent where a request cannot ask for a task. */
  readonly tasks?: TaskOffer;
  /** Where a task is asked about that names no address of its own, below the base URL. */
  readonly taskPath?: string;
  /** What it is known to take of OpenAI's models; absent where that is unknown, or all. */
  readonly relays?: (model: Model) => Model;
  /** Where it lists its models, relative to the base URL; `models` by default. */
  readonly modelsPath?: string;
  /** Whether that list is told to everybody, so that it says nothing about a key. */
  readonly isListPublic?: true;
  /** The provider that this one has become, where nobody answers any more. */
  readonly successor?: ProviderId;
  /** What else than the list of models checks a key at no cost: a question about a task that does not exist. */
  readonly freeQuestion?: 'tasks';
  /** The setting that holds the address, where that is not `pictor.baseUrl`. */
  readonly addressSetting?: string;
  /** What the user's settings add. */
  readonly profile?: ProviderProfile;
}

/** How a gateway differs from the dialect that all services share; every part is optional. */
export interface ProviderProfile {
  /** Sent with every request to the service. Never secret. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The header that holds the key, instead of `Authorization: Bearer`. */
  readonly keyHeader?: string;
  /** Instead of `images/generations`, relative to the base URL. */
  readonly path?: string;
  /** Further fields of the request. */
  readonly send?: Readonly<Record<string, unknown>>;
  /** Fields of the request that are left out, by their names in it. */
  readonly drop?: readonly string[];
  /** JSON pointer to the images: a list, or one. */
  readonly images?: string;
  readonly task?: TaskShape;
}

/** Where an answer about a task has what, by JSON pointer (RFC 6901). */
export interface TaskShape {
  /** In the answer to the request. */
  readonly id: string;
  /** The address to ask at, relative to the base URL, with `{id}`. */
  readonly poll: string;
  readonly state: string;
  readonly done: readonly string[];
  readonly failed: readonly string[];
  readonly error?: string;
  /** In percent. */
  readonly progress?: string;
}

/** In characters (TokenLab's contract). */
const TOKENLAB_PROMPT = 4000;

/** TokenLab streams nothing, and takes shorter prompts than OpenAI. */
function atTokenLab(model: Model): Model {
  return {
    ...withFields(relayedGptImage(model), { partialImages: undefined, responseFormat: RESPONSE_FORMAT }),
    maxPromptCharacters: TOKENLAB_PROMPT,
  };
}

/** Ace Data Cloud documents the usual qualities only. */
function atAceData(model: Model): Model {
  return withFields(relayedGptImage(model), {
    quality: oneOf('auto', 'low', 'medium', 'high'),
    responseFormat: RESPONSE_FORMAT,
  });
}

/** The same model by its plain name and by those that choose how it is reached. */
function variants(model: Model, ...suffixes: string[]): Model[] {
  return ['', ...suffixes].map((suffix) => ({ ...model, id: model.id + suffix, snapshots: undefined }));
}

const DEFINITIONS: readonly Provider[] = [
  {
    id: 'placeholder',
    label: t('Placeholder'),
    description: t('Draws a labelled SVG at once: no key, no network, no cost'),
    key: 'none',
    defaultModel: 'placeholder',
    models: [
      {
        id: 'placeholder',
        fields: {
          n: upTo(10),
          size: { kind: 'size', values: ['auto'], free: { maxSide: 8192 } },
        },
        constraints: [],
        answers: 'images',
      },
    ],
    constraints: [],
  },
  {
    id: 'openai',
    label: 'OpenAI',
    description: t('GPT image models'),
    baseUrl: 'https://api.openai.com/v1',
    key: 'required',
    keysUrl: 'https://platform.openai.com/api-keys',
    defaultModel: GPT_IMAGE_2_6_FLARE.id,
    models: [
      GPT_IMAGE_2_6_FLARE,
      GPT_IMAGE_2_6_SUNBURST,
      GPT_IMAGE_2_5_FLARE,
      GPT_IMAGE_2_5_SUNBURST,
      GPT_IMAGE_2,
      GPT_IMAGE_1_5,
      GPT_IMAGE_1_MINI,
      CHATGPT_IMAGE,
      GPT_IMAGE_1,
      DALL_E_3,
      DALL_E_2,
    ],
    constraints: [],
  },
  {
    id: 'tokenlab',
    label: 'TokenLab',
    description: t('GPT image models, Nano Banana, Grok and others; formerly LemonData'),
    baseUrl: 'https://api.tokenlab.sh/v1',
    key: 'required',
    keysUrl: 'https://tokenlab.sh',
    defaultModel: GPT_IMAGE_2.id,
    models: [
      atTokenLab(GPT_IMAGE_2),
      ...[
        'gemini-3-pro-image-preview',
        'gemini-3.1-flash-image-preview',
        'gemini-2.5-flash-image',
        'nano-banana',
        'nano-banana-2',
        'nano-banana-pro',
        'grok-imagine-image',
        'grok-imagine-image-quality',
        'grok-imagine-image-pro',
      ].map((id) => ({ ...shapelessModel(id, 10), maxPromptCharacters: TOKENLAB_PROMPT })),
    ],
    relays: atTokenLab,
    tasks: {},
    taskPath: 'tasks',
    modelsPath: 'models?category=image',
    constraints: [],
  },
  {
    id: 'lemondata',
    label: 'LemonData',
    description: t('DALL-E, Flux, Stable Diffusion and others; now TokenLab'),
    baseUrl: 'https://api.lemondata.cc/v1',
    key: 'required',
    keysUrl: 'https://lemondata.cc',
    defaultModel: DALL_E_3.id,
    models: perhapsEnded(
      DALL_E_3,
      withFields(DALL_E_2, { n: upTo(4) }),
      relayModel('flux-schnell', 4),
      relayModel('stable-diffusion-3', 4),
      relayModel('flux-pro', 4, 'task'),
      relayModel('midjourney', 4, 'task'),
      relayModel('ideogram-v3', 4, 'task'),
    ),
    successor: 'tokenlab',
    constraints: [],
  },
  {
    id: 'cometapi',
    label: 'CometAPI',
    description: t('GPT image models, Qwen, Grok and DALL-E'),
    baseUrl: 'https://api.cometapi.com/v1',
    key: 'required',
    keysUrl: 'https://api.cometapi.com/console/token',
    defaultModel: GPT_IMAGE_2.id,
    models: [
      ...[GPT_IMAGE_2, GPT_IMAGE_2_6_FLARE, GPT_IMAGE_2_6_SUNBURST].map(relayedGptImage),
      relayModel('qwen-image', 1),
      shapelessModel('grok-imagine-image', 1),
      shapelessModel('grok-imagine-image-quality', 1),
      ...[GPT_IMAGE_1_5, GPT_IMAGE_1_MINI].map(relayedGptImage),
      ...perhapsEnded(relayedGptImage(GPT_IMAGE_1), DALL_E_3, DALL_E_2),
    ],
    relays: relayedGptImage,
    modelsPath: '../api/models',
    isListPublic: true,
    constraints: [],
  },
  {
    id: 'acedata',
    label: 'Ace Data Cloud',
    description: t('GPT image models, Nano Banana and DALL-E 3'),
    baseUrl: 'https://api.acedata.cloud/openai',
    key: 'required',
    keysUrl: 'https://platform.acedata.cloud',
    defaultModel: GPT_IMAGE_2.id,
    models: [
      ...variants(atAceData(GPT_IMAGE_2), ':official', ':reverse'),
      ...variants(atAceData(GPT_IMAGE_2_5_FLARE), ':official'),
      ...variants(atAceData(GPT_IMAGE_2_5_SUNBURST), ':official'),
      nanoBanana('nano-banana'),
      nanoBanana('nano-banana-2'),
      nanoBanana('nano-banana-2-lite'),
      nanoBanana('nano-banana-pro'),
      atAceData(GPT_IMAGE_1_5),
      ...perhapsEnded(atAceData(GPT_IMAGE_1), DALL_E_3, DALL_E_2),
    ],
    relays: atAceData,
    tasks: { callbacks: true, traces: true },
    freeQuestion: 'tasks',
    constraints: [{ field: 'responseFormat', value: 'b64_json', needs: 'n', values: [1], orUnset: true }],
  },
  {
    id: 'custom',
    label: t('Custom'),
    description: t('Any other OpenAI-compatible address'),
    key: 'optional',
    defaultModel: '',
    models: [],
    constraints: [],
  },
];

/** Every provider, in the order in which a person sees them. */
export const PROVIDERS: ReadonlyMap<ProviderId, Provider> = new Map(
  DEFINITIONS.map((provider) => [provider.id, provider]),
);

export const PROVIDER_IDS = DEFINITIONS.map((provider) => provider.id);

/** The definition of a known provider. */
export function providerOf(id: ProviderId): Provider {
  const provider = PROVIDERS.get(id);
  if (!provider) throw new Error(`No provider ${id} in the catalog`);
  return provider;
}
