import { t } from '@vscode/l10n';
import {
  DALL_E_2,
  DALL_E_3,
  GPT_IMAGE_1,
  GPT_IMAGE_1_5,
  GPT_IMAGE_1_MINI,
  GPT_IMAGE_2,
  openSizes,
  relayModel,
  upTo,
  withFields,
  type Model,
} from './models';
import type { Constraint } from './rules';

export type ProviderId = 'placeholder' | 'openai' | 'lemondata' | 'cometapi' | 'acedata' | 'custom';

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
  /** Whether a request may ask for a task instead of the images, with `async` or `callback_url`. */
  readonly offersTasks?: true;
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

/** Takes only `model`, `prompt`, `size` and `n` (Ace Data Cloud's guide). */
function nanoBanana(id: string): Model {
  return {
    id,
    fields: { n: upTo(10), size: openSizes('1024x1024') },
    constraints: [],
    answers: 'images',
  };
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
    description: t('GPT image models and DALL-E'),
    baseUrl: 'https://api.openai.com/v1',
    key: 'required',
    keysUrl: 'https://platform.openai.com/api-keys',
    defaultModel: GPT_IMAGE_2.id,
    models: [GPT_IMAGE_2, GPT_IMAGE_1_5, GPT_IMAGE_1, GPT_IMAGE_1_MINI, DALL_E_3, DALL_E_2],
    constraints: [],
  },
  {
    id: 'lemondata',
    label: 'LemonData',
    description: t('DALL-E, Flux, Stable Diffusion and others'),
    baseUrl: 'https://api.lemondata.cc/v1',
    key: 'required',
    keysUrl: 'https://lemondata.cc',
    defaultModel: DALL_E_3.id,
    models: [
      DALL_E_3,
      withFields(DALL_E_2, { n: upTo(4) }),
      relayModel('flux-schnell', 4),
      relayModel('stable-diffusion-3', 4),
      relayModel('flux-pro', 4, 'task'),
      relayModel('midjourney', 4, 'task'),
      relayModel('ideogram-v3', 4, 'task'),
    ],
    constraints: [],
  },
  {
    id: 'cometapi',
    label: 'CometAPI',
    description: t('DALL-E, GPT image models and Qwen'),
    baseUrl: 'https://api.cometapi.com/v1',
    key: 'required',
    keysUrl: 'https://api.cometapi.com/console/token',
    defaultModel: DALL_E_3.id,
    models: [
      DALL_E_3,
      DALL_E_2,
      GPT_IMAGE_1_5,
      GPT_IMAGE_1,
      GPT_IMAGE_1_MINI,
      GPT_IMAGE_2,
      relayModel('qwen-image', 1),
    ],
    constraints: [],
  },
  {
    id: 'acedata',
    label: 'Ace Data Cloud',
    description: t('DALL-E 3, GPT image models and Nano Banana'),
    baseUrl: 'https://api.acedata.cloud/openai',
    key: 'required',
    keysUrl: 'https://platform.acedata.cloud',
    defaultModel: GPT_IMAGE_1.id,
    models: [
      GPT_IMAGE_1,
      GPT_IMAGE_1_5,
      GPT_IMAGE_2,
      DALL_E_3,
      nanoBanana('nano-banana'),
      nanoBanana('nano-banana-2'),
      nanoBanana('nano-banana-pro'),
    ],
    offersTasks: true,
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
