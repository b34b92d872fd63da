import * as vscode from 'vscode';
import type { ProviderDefinition } from '../../core/catalog/providers';
import { HttpClient } from '../../core/http/httpClient';
import type { JobRecord } from '../../core/jobs/jobRecord';
import { providerFor } from '../../core/settings/providerFor';
import type { Settings } from '../../core/settings/settings';
import type { AppParts } from '../appParts';
import { requireKey, resolveEndpoint, type Endpoint } from '../connection';
import { readNetworkSettings, readSettings } from '../readSettings';

/** A service that a job can be drawn by. */
export interface Service {
  readonly definition: ProviderDefinition;
  /** Absent where nothing is asked of any service. */
  readonly endpoint?: Endpoint;
  readonly apiKey?: string;
  readonly http: HttpClient;
  readonly settings: Settings;
}

/** The service that the settings name. @throws PictorError, vscode.CancellationError */
export async function connect(app: AppParts, settings: Settings): Promise<Service> {
  return toService(app, settings, providerFor(settings), resolveEndpoint(settings));
}

/** The service that has a job, whatever is selected meanwhile. @throws PictorError, vscode.CancellationError */
export async function connectAgain(app: AppParts, { service, target }: JobRecord): Promise<Service> {
  const { provider, baseUrl, customProvider } = service;
  const settings = readSettings(vscode.Uri.parse(target.root), { provider, customProvider });
  const definition = providerFor(settings);
  // Its own address, not one that a setting has now: the key of another one is none of its business.
  return toService(app, settings, definition, baseUrl === undefined ? undefined : { definition, baseUrl: new URL(baseUrl) });
}

async function toService(app: AppParts, settings: Settings, definition: ProviderDefinition, endpoint: Endpoint | undefined): Promise<Service> {
  const apiKey = endpoint && (await requireKey(endpoint, app.keys));
  return { definition, endpoint, apiKey, settings, http: new HttpClient(readNetworkSettings(), process.env) };
}
