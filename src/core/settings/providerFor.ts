import { t } from '@vscode/l10n';
import { providerOf, type Provider } from '../catalog/providers';
import { PictorError } from '../errors';
import type { Settings } from './settings';

type Choice = Pick<
  Settings,
  'provider' | 'customProvider' | 'customProviders' | 'openaiOrganization' | 'openaiProject'
>;

/**
 * The provider that the settings name, with what they add to it.
 * @throws PictorError `invalidSetting` for a custom provider that is not there
 */
export function providerFor(settings: Choice): Provider {
  const provider = providerOf(settings.provider);
  if (provider.id === 'openai') return { ...provider, profile: { headers: accountHeaders(settings) } };
  const name = settings.customProvider;
  if (provider.id !== 'custom' || !name) return provider;
  const custom = settings.customProviders[name];
  if (!custom) {
    const known = Object.keys(settings.customProviders);
    throw new PictorError(
      'invalidSetting',
      t('The setting pictor.customProvider names “{name}”, which is not among pictor.customProviders: {known}.', {
        name,
        known: known.join(', ') || '–',
      }),
      { setting: 'pictor.customProvider' },
    );
  }
  const { baseUrl, model = '', ...profile } = custom;
  return {
    ...provider,
    label: name,
    baseUrl,
    defaultModel: model,
    addressSetting: 'pictor.customProviders',
    profile,
  };
}

/** For accounts that belong to several organizations. */
function accountHeaders({ openaiOrganization, openaiProject }: Choice): Record<string, string> {
  return {
    ...(openaiOrganization && { 'OpenAI-Organization': openaiOrganization }),
    ...(openaiProject && { 'OpenAI-Project': openaiProject }),
  };
}
