import { t } from '@vscode/l10n';
import * as v from 'valibot';
import type { ProviderProfile } from '../catalog/providers';

/** A gateway of the user's, by its name. */
export interface CustomProvider extends ProviderProfile {
  readonly baseUrl: string;
  readonly model?: string;
}

/** Headers that are ours to set, or that hold secrets, which never stand in a setting. */
const RESERVED_HEADERS =
  /^(authorization|proxy-authorization|cookie|host|connection|content-length|content-type|transfer-encoding|accept-encoding)$/i;
const KEY_LIKE_HEADERS = /(api-?key|token|secret|password|auth)/i;

const pointer = v.pipe(v.string(), v.regex(/^(\/.*)?$/, t('a JSON pointer such as /data/0/id is expected')));
const headerName = v.pipe(v.string(), v.regex(/^[\w!#$%&'*+.^`|~-]+$/, t('the name of a header is expected')));
const plainHeader = v.pipe(
  headerName,
  v.check((name) => !RESERVED_HEADERS.test(name), t('this header is set by Pictor itself')),
  v.check(
    (name) => !KEY_LIKE_HEADERS.test(name),
    t('a key does not belong into a setting: name the header in keyHeader and use Set API Key'),
  ),
);
const headerValue = v.pipe(v.string(), v.regex(/^[\x20-\x7e]*$/, t('plain letters are expected')));
const words = v.pipe(v.array(v.string()), v.minLength(1, t('at least one word is expected')));
/** It is resolved against the base URL, and the key goes there: it must not lead elsewhere. */
const relativePath = v.pipe(
  v.string(),
  v.regex(/^(?!\/\/)(?![a-z][a-z\d+.-]*:)[\x21-\x5b\x5d-\x7e]+$/i, t('a path relative to the base URL is expected')),
);

const CUSTOM_PROVIDER = v.strictObject({
  baseUrl: v.pipe(v.string(), v.nonEmpty(t('an address is expected'))),
  model: v.optional(v.string()),
  headers: v.optional(v.record(plainHeader, headerValue)),
  keyHeader: v.optional(
    v.pipe(
      headerName,
      v.check(
        (name) => !/^(host|connection|content-\w+|transfer-encoding)$/i.test(name),
        t('this header is set by Pictor itself'),
      ),
    ),
  ),
  path: v.optional(relativePath),
  send: v.optional(
    v.record(
      v.pipe(
        v.string(),
        v.check((name) => name !== 'n', t('how many pictures are asked for is said by pictor.n')),
      ),
      v.unknown(),
    ),
  ),
  drop: v.optional(v.array(v.string())),
  images: v.optional(pointer),
  task: v.optional(
    v.strictObject({
      id: pointer,
      poll: v.pipe(relativePath, v.includes('{id}', t('{id} is expected in it'))),
      state: pointer,
      done: words,
      failed: words,
      error: v.optional(pointer),
      progress: v.optional(pointer),
    }),
  ),
});

/** The setting `pictor.customProviders`. */
export const CUSTOM_PROVIDERS: v.GenericSchema<unknown, Readonly<Record<string, CustomProvider>>> = v.record(
  v.pipe(
    v.string(),
    v.nonEmpty(t('a name is expected')),
    v.maxLength(60, t('a name of at most 60 letters is expected')),
  ),
  CUSTOM_PROVIDER,
);
