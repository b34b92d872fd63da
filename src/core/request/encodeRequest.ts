import type { Provider } from '../catalog/providers';
import { modelOf } from '../catalog/modelOf';
import type { ImageRequest } from './composeRequest';
import { requestBody } from './requestBody';

/** Request that is ready to be sent, as often as a connection must be made for it. */
export interface EncodedRequest {
  /** Below the base URL. */
  readonly path: string;
  /** All but that of the key. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: () => string;
}

/** Header that carries the key, and what stands before the key in it. */
export interface KeyHeader {
  readonly name: string;
  readonly prefix: string;
}

/** What is sent for a request, byte for byte; "Copy as…" shows the same. */
export function encodeRequest(
  request: ImageRequest,
  provider: Pick<Provider, 'profile' | 'models' | 'relays'>,
): EncodedRequest {
  const { profile } = provider;
  const fields = requestBody(request, modelOf(provider, request.model), profile?.drop);
  return {
    path: profile?.path ?? 'images/generations',
    headers: {
      ...plainHeaders(provider),
      ...(fields.stream === true && { accept: 'text/event-stream, application/json' }),
      'content-type': 'application/json',
    },
    body: () => JSON.stringify(fields),
  };
}

/** Headers of everything that is sent to a provider, but that of the key. */
export function plainHeaders({ profile }: Pick<Provider, 'profile'>): Record<string, string> {
  return { ...profile?.headers, accept: 'application/json' };
}

export function keyHeader({ profile }: Pick<Provider, 'profile'>): KeyHeader {
  return profile?.keyHeader ? { name: profile.keyHeader, prefix: '' } : { name: 'authorization', prefix: 'Bearer ' };
}
