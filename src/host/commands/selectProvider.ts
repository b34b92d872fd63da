import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Provider } from '../../core/catalog/providers';
import { errorText } from '../../core/errors';
import { parseBaseUrl } from '../../core/http/baseUrl';
import { activeScope } from '../settings/activeScope';
import type { JobsDependencies } from '../jobs/jobsDependencies';
import { chooseProvider, providerChoices, type ProviderChoice } from '../connection/chooseProvider';
import { requireKey, resolveAddress } from '../connection/providerAddress';
import { readSettings } from '../settings/readSettings';
import { writeSettings } from '../settings/writeSetting';

/**
 * Lets the user choose a provider and connects it: the address where there is none, and the key where one is needed. A
 * model and an address that were set for another provider are reset.
 * @throws vscode.CancellationError
 */
export async function selectProvider(app: Pick<JobsDependencies, 'keys'>): Promise<void> {
  const scope = activeScope();
  const section = vscode.workspace.getConfiguration('pictor', scope);
  const current = { provider: section.get('provider'), name: section.get<string>('customProvider') || undefined };
  const { provider, name } = await chooseProvider(
    providerChoices(section.get('customProviders')),
    t('Who draws the pictures?'),
    (choice) => isSame(choice, current),
  );
  const baseUrl =
    provider.id === 'custom' && name === undefined ? await askBaseUrl(provider, section.get('baseUrl')) : undefined;
  const changed = !isSame({ provider, name }, current);
  await writeSettings(
    {
      provider: provider.id,
      customProvider: name,
      ...(changed && { model: undefined }),
      ...((changed || baseUrl) && { baseUrl }),
    },
    scope,
  );
  const address = resolveAddress(readSettings(scope));
  if (address) await requireKey(address, app.keys);
}

function isSame({ provider, name }: ProviderChoice, current: { provider: unknown; name: string | undefined }): boolean {
  return provider.id === current.provider && (provider.id !== 'custom' || name === current.name);
}

async function askBaseUrl(provider: Provider, current: unknown): Promise<string> {
  const address = await vscode.window.showInputBox({
    title: t('{label}: Base URL', { label: provider.label }),
    prompt: t('The address up to and without /images/generations'),
    placeHolder: 'https://gateway.example/v1',
    value: typeof current === 'string' ? current : '',
    ignoreFocusOut: true,
    validateInput: (text) => {
      try {
        parseBaseUrl(text.trim());
        return undefined;
      } catch (error) {
        return errorText(error);
      }
    },
  });
  if (address === undefined) throw new vscode.CancellationError();
  return address.trim();
}
