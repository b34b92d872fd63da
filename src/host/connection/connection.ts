import * as vscode from 'vscode';
import { providerOf, type ProviderDefinition } from '../../core/catalog/providers';
import { PictorError } from '../../core/errors';
import { HttpClient } from '../../core/http/httpClient';
import type { JobRecord } from '../../core/jobs/jobRecord';
import { providerFor } from '../../core/settings/providerFor';
import type { Settings } from '../../core/settings/settings';
import type { KeyStore } from './keyStore';
import { requireKey, resolveEndpoint, type Endpoint } from './endpoint';
import { readDefaults, readNetworkSettings, readSettings } from '../settings/readSettings';

/** A service that a job can be drawn by. */
export interface Connection {
  readonly definition: ProviderDefinition;
  /** Absent where nothing is asked of any service. */
  readonly endpoint?: Endpoint;
  readonly apiKey?: string;
  readonly http: HttpClient;
  readonly settings: Settings;
}

/** The service that the settings name. @throws PictorError, vscode.CancellationError */
export async function connect(keys: KeyStore, settings: Settings): Promise<Connection> {
  const endpoint = resolveEndpoint(settings);
  const apiKey = endpoint && (await requireKey(endpoint, keys));
  return { definition: providerFor(settings), endpoint, apiKey, settings, http: createHttp() };
}

/**
 * The service that has a job, whatever is selected meanwhile.
 * @throws PictorError, vscode.CancellationError where it must be asked something, and cannot
 */
export async function connectAgain(keys: KeyStore, { connection, target, images }: JobRecord): Promise<Connection> {
  const { provider, baseUrl, customProvider } = connection;
  try {
    const settings = readSettings(vscode.Uri.parse(target.root), { provider, customProvider });
    const definition = providerFor(settings);
    // Its own address, not one that a setting has now: the key of another one is none of its business.
    const endpoint = baseUrl === undefined ? undefined : { definition, baseUrl: new URL(baseUrl) };
    // What has been delivered needs no key to be saved.
    const apiKey =
      endpoint &&
      (images.length > 0
        ? await keys.get({ provider, origin: endpoint.baseUrl.origin })
        : await requireKey(endpoint, keys));
    return { definition, endpoint, apiKey, settings, http: createHttp() };
  } catch (error) {
    if (images.length === 0 || !(error instanceof PictorError)) throw error;
    // Nor does it need settings that are right.
    const definition = providerOf(provider);
    return {
      definition,
      endpoint: baseUrl === undefined ? undefined : { definition, baseUrl: new URL(baseUrl) },
      settings: readDefaults(),
      http: createHttp(),
    };
  }
}

function createHttp(): HttpClient {
  return new HttpClient(readNetworkSettings(), process.env);
}
