import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { PROVIDERS } from '../../core/catalog/providers';
import { parseBaseUrl } from '../../core/http/baseUrl';
import type { JobsDependencies } from '../jobs/jobsDependencies';
import { askApiKey } from '../connection/askApiKey';
import { resolveEndpoint, type Endpoint } from '../connection/endpoint';
import { activeScope } from '../settings/activeScope';
import type { KeyOwner } from '../connection/keyStore';
import { notify } from '../ui/notify';
import { readSettings } from '../settings/readSettings';
import { chooseProvider } from '../connection/chooseProvider';

/** Asks for the key of the selected provider and keeps it. */
export async function setApiKey(app: Pick<JobsDependencies, 'keys'>): Promise<void> {
  const { definition, baseUrl } = await endpointWithKey();
  const key = await askApiKey(definition, baseUrl.origin);
  if (!key) return;
  await app.keys.set(ownerOf({ definition, baseUrl }), key);
  vscode.window.setStatusBarMessage(`$(key) ${t('The key for {label} is stored', { label: definition.label })}`, 5000);
}

/** Forgets the key of the selected provider, once the user has confirmed it. */
export async function removeApiKey(app: Pick<JobsDependencies, 'keys'>): Promise<void> {
  const endpoint = await endpointWithKey();
  const name = t('{label} at {origin}', { label: endpoint.definition.label, origin: endpoint.baseUrl.origin });
  const owner = ownerOf(endpoint);
  if (!(await app.keys.get(owner))) {
    void notify.info(t('There is no key for {name}.', { name }));
    return;
  }
  if (!(await notify.ask(t('Remove the key for {name} from this machine?', { name }), undefined, t('Remove Key'))))
    return;
  await app.keys.remove(owner);
  vscode.window.setStatusBarMessage(
    `$(trash) ${t('The key for {label} is removed', { label: endpoint.definition.label })}`,
    5000,
  );
}

/**
 * The endpoint of the settings. While the placeholder, which has no key, is selected, the user says whose key is meant;
 * that does not select the provider.
 */
async function endpointWithKey(): Promise<Endpoint> {
  const selected = resolveEndpoint(readSettings(activeScope()));
  if (selected) return selected;
  const known = [...PROVIDERS.values()].filter(({ baseUrl }) => baseUrl !== undefined);
  const { definition } = await chooseProvider(
    known.map((connection) => ({ definition: connection })),
    t('Whose key?'),
  );
  return { definition, baseUrl: parseBaseUrl(definition.baseUrl ?? '') };
}

function ownerOf({ definition, baseUrl }: Endpoint): KeyOwner {
  return { provider: definition.id, origin: baseUrl.origin };
}
