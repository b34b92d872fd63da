import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { PROVIDERS } from '../../core/catalog/providers';
import { parseBaseUrl } from '../../core/http/baseUrl';
import type { JobsDependencies } from '../jobs/jobsDependencies';
import { askApiKey } from '../connection/askApiKey';
import { resolveAddress, type ProviderAddress } from '../connection/providerAddress';
import { activeScope } from '../settings/activeScope';
import type { KeyOwner } from '../connection/keyStore';
import { notify } from '../ui/notify';
import { readSettings } from '../settings/readSettings';
import { chooseProvider } from '../connection/chooseProvider';

/** Asks for the key of the selected provider and keeps it. */
export async function setApiKey(app: Pick<JobsDependencies, 'keys'>): Promise<void> {
  const { provider, baseUrl } = await addressWithKey();
  const key = await askApiKey(provider, baseUrl.origin);
  if (!key) return;
  await app.keys.set(ownerOf({ provider, baseUrl }), key);
  vscode.window.setStatusBarMessage(`$(key) ${t('The key for {label} is stored', { label: provider.label })}`, 5000);
}

/** Forgets the key of the selected provider, once the user has confirmed it. */
export async function removeApiKey(app: Pick<JobsDependencies, 'keys'>): Promise<void> {
  const address = await addressWithKey();
  const name = t('{label} at {origin}', { label: address.provider.label, origin: address.baseUrl.origin });
  const owner = ownerOf(address);
  if (!(await app.keys.get(owner))) {
    void notify.info(t('There is no key for {name}.', { name }));
    return;
  }
  if (!(await notify.ask(t('Remove the key for {name} from this machine?', { name }), undefined, t('Remove Key'))))
    return;
  await app.keys.remove(owner);
  vscode.window.setStatusBarMessage(
    `$(trash) ${t('The key for {label} is removed', { label: address.provider.label })}`,
    5000,
  );
}

/**
 * The address of the settings. While the placeholder, which has no key, is selected, the user says whose key is meant;
 * that does not select the provider.
 */
async function addressWithKey(): Promise<ProviderAddress> {
  const selected = resolveAddress(readSettings(activeScope()));
  if (selected) return selected;
  const known = [...PROVIDERS.values()].filter(({ baseUrl }) => baseUrl !== undefined);
  const { provider } = await chooseProvider(
    known.map((connection) => ({ provider: connection })),
    t('Whose key?'),
  );
  return { provider, baseUrl: parseBaseUrl(provider.baseUrl ?? '') };
}

function ownerOf({ provider, baseUrl }: ProviderAddress): KeyOwner {
  return { provider: provider.id, origin: baseUrl.origin };
}
