import * as vscode from 'vscode';
import { providerOf, type Provider } from '../../core/catalog/providers';
import { PictorError } from '../../core/errors';
import { HttpClient } from '../../core/http/httpClient';
import type { JobRecord } from '../../core/jobs/jobRecord';
import { providerFor } from '../../core/settings/providerFor';
import type { Settings } from '../../core/settings/settings';
import type { KeyStore } from './keyStore';
import { requireKey, resolveAddress } from './providerAddress';
import { readDefaults, readNetworkSettings, readSettings } from '../settings/readSettings';

/** How a provider is reached. */
export interface Connection {
  readonly provider: Provider;
  /** Absent where nobody is asked. */
  readonly baseUrl?: URL;
  readonly apiKey?: string;
  readonly http: HttpClient;
  readonly settings: Settings;
}

/** The connection that the settings describe. @throws PictorError, vscode.CancellationError */
export async function connect(keys: KeyStore, settings: Settings): Promise<Connection> {
  const address = resolveAddress(settings);
  const apiKey = address && (await requireKey(address, keys));
  return { provider: providerFor(settings), baseUrl: address?.baseUrl, apiKey, settings, http: createHttp() };
}

/**
 * The connection to whoever has a job, whatever is selected meanwhile.
 * @throws PictorError, vscode.CancellationError where the provider must be asked something, and cannot
 */
export async function connectAgain(keys: KeyStore, { connection, target, images }: JobRecord): Promise<Connection> {
  const { provider: id, customProvider } = connection;
  // Its own address, not one that a setting has now: the key of another one is none of its business.
  const baseUrl = connection.baseUrl === undefined ? undefined : new URL(connection.baseUrl);
  try {
    const settings = readSettings(vscode.Uri.parse(target.root), { provider: id, customProvider });
    const provider = providerFor(settings);
    // What has been delivered needs no key to be saved.
    const apiKey =
      baseUrl &&
      (images.length > 0
        ? await keys.get({ provider: id, origin: baseUrl.origin })
        : await requireKey({ provider, baseUrl }, keys));
    return { provider, baseUrl, apiKey, settings, http: createHttp() };
  } catch (error) {
    if (images.length === 0 || !(error instanceof PictorError)) throw error;
    // Nor does it need settings that are right.
    return { provider: providerOf(id), baseUrl, settings: readDefaults(), http: createHttp() };
  }
}

function createHttp(): HttpClient {
  return new HttpClient(readNetworkSettings(), process.env);
}
