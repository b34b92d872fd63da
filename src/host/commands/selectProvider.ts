import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ProviderDefinition } from '../../core/catalog/providers';
import { errorText } from '../../core/errors';
import { parseBaseUrl } from '../../core/http/baseUrl';
import { activeScope } from '../settings/activeScope';
import type { JobsDependencies } from '../jobs/jobsDependencies';
import { chooseProvider, providerChoices, type ProviderChoice } from '../connection/chooseProvider';
import { requireKey, resolveEndpoint } from '../connection/endpoint';
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
  const { definition, name } = await chooseProvider(
    providerChoices(section.get('customProviders')),
    t('Who draws the pictures?'),
    (choice) => isSame(choice, current),
  );
  const baseUrl =
    definition.id === 'custom' && name === undefined ? await askBaseUrl(definition, section.get('baseUrl')) : undefined;
  const changed = !isSame({ definition, name }, current);
  await writeSettings(
    {
      provider: definition.id,
      customProvider: name,
      ...(changed && { model: undefined }),
      ...((changed || baseUrl) && { baseUrl }),
    },
    scope,
  );
  const endpoint = resolveEndpoint(readSettings(scope));
  if (endpoint) await requireKey(endpoint, app.keys);
}

function isSame(
  { definition, name }: ProviderChoice,
  current: { provider: unknown; name: string | undefined },
): boolean {
  return definition.id === current.provider && (definition.id !== 'custom' || name === current.name);
}

async function askBaseUrl(definition: ProviderDefinition, current: unknown): Promise<string> {
  const address = await vscode.window.showInputBox({
    title: t('{label}: Base URL', { label: definition.label }),
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
