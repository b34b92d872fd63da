import * as vscode from 'vscode';
import { FIELD_NAMES, type FieldName, type FieldValue, type FieldValues } from '../../core/catalog/fields';
import type { Model } from '../../core/catalog/model';
import { modelOf } from '../../core/catalog/modelOf';
import { PROVIDER_IDS, type Provider } from '../../core/catalog/providers';
import { PictorError } from '../../core/errors';
import { fitFields, type FittedFields } from '../../core/request/fitFields';
import { providerFor } from '../../core/settings/providerFor';
import type { Settings, SettingsOverrides } from '../../core/settings/settings';
import { readDefaults, readSettings } from '../settings/readSettings';

/** Values by the names of settings; null stands for the model's or Pictor's default. */
type Overrides = Readonly<Record<string, FieldValue | null>>;

/** What the form says now, with the settings where it says nothing. */
export interface FormRequest {
  readonly settings: Settings;
  readonly provider: Provider;
  /** Empty where it must be named. */
  readonly modelId: string;
  /** Undefined for a model that the catalog does not know. */
  readonly model: Model | undefined;
  /** What the model takes of the values, and what is kept for another one. */
  readonly fields: FittedFields;
  /** All values, taken or not. */
  readonly values: FieldValues;
  /** What counts instead of the settings, for the request. */
  readonly overrides: SettingsOverrides;
  /** What is wrong with the settings: those that nobody has set are used then. */
  readonly problem?: PictorError;
}

const GATEWAY = 'custom:';

/** What belongs to a provider, and makes no sense for another one. */
const OF_PROVIDER: ReadonlySet<string> = new Set(['provider', 'customProvider', 'model', 'baseUrl']);

/** How a provider is named in the form: one of the user's own by its name. */
export function providerValue(provider: string, name: string | undefined): string {
  return provider === 'custom' && name ? GATEWAY + name : provider;
}

/** What was changed in the form, for as long as this window is open; the settings are what it begins with. */
export class FormSession {
  #overrides: Overrides = {};
  prompt = '';
  insert = true;
  isLinkedToSelection = false;
  isOnline = true;

  get isChanged(): boolean {
    return Object.keys(this.#overrides).length > 0;
  }

  /** Changes one value. A provider brings its own models with it; that of the settings, their address and model too. */
  set(name: string, value: FieldValue | null, scope: vscode.Uri | undefined): void {
    if (name === 'provider') {
      const [provider = '', custom = null] = String(value).startsWith(GATEWAY)
        ? ['custom', String(value).slice(GATEWAY.length)]
        : [String(value)];
      if (!(PROVIDER_IDS as readonly string[]).includes(provider)) return;
      this.useSettingsProvider();
      if (!isSettingsProvider(provider, custom, scope))
        this.#overrides = { ...this.#overrides, provider, customProvider: custom, model: null, baseUrl: null };
    } else if (name === 'model' || name === 'promptStyle' || (FIELD_NAMES as readonly string[]).includes(name)) {
      this.#overrides = { ...this.#overrides, [name]: value };
    }
  }

  reset(): void {
    this.#overrides = {};
  }

  /** The provider of the settings counts again, with its model. */
  useSettingsProvider(): void {
    this.#overrides = Object.fromEntries(Object.entries(this.#overrides).filter(([name]) => !OF_PROVIDER.has(name)));
  }

  /** What is to be written to the settings. */
  get overrides(): Overrides {
    return this.#overrides;
  }

  /** Never throws: what is wrong is told in `problem`. */
  read(scope: vscode.Uri | undefined): FormRequest {
    try {
      return this.readWith(readSettings(scope, this.choice(scope)), scope);
    } catch (error) {
      if (!(error instanceof PictorError)) throw error;
      const { provider, customProvider } = this.#overrides;
      const overrides = provider && provider !== 'custom' ? { provider, customProvider } : {};
      const settings = { ...readDefaults(), ...overrides } as Settings;
      return { ...this.readWith(settings, scope), problem: error };
    }
  }

  /** Another provider than that of the settings has another address, and other models. */
  private choice(scope: vscode.Uri | undefined): Record<string, unknown> {
    const { provider, customProvider, model, promptStyle } = this.#overrides;
    const isSame =
      provider === undefined ||
      isSettingsProvider(String(provider), customProvider ? String(customProvider) : null, scope);
    return {
      ...(!isSame && { provider, customProvider, baseUrl: null, model: null }),
      ...(model !== undefined && (model !== null || isSame) && { model }),
      ...(promptStyle !== undefined && { promptStyle }),
    };
  }

  private readWith(settings: Settings, scope: vscode.Uri | undefined): FormRequest {
    const provider = providerFor(settings);
    const modelId = settings.model ?? provider.defaultModel;
    const model = modelOf(provider, modelId);
    const values: Partial<Record<FieldName, FieldValue>> = { ...settings.fields };
    for (const name of FIELD_NAMES) {
      const value = this.#overrides[name];
      if (value === null) Reflect.deleteProperty(values, name);
      else if (value !== undefined) values[name] = value;
    }
    const fields = fitFields(provider, model, values);
    const sent = Object.fromEntries(FIELD_NAMES.map((name) => [name, fields.taken[name] ?? null]));
    return { settings, provider, modelId, model, fields, values, overrides: { ...this.choice(scope), ...sent } };
  }
}

function isSettingsProvider(provider: string, custom: string | null, scope: vscode.Uri | undefined): boolean {
  const section = vscode.workspace.getConfiguration('pictor', scope);
  return (
    provider === section.get('provider') &&
    (provider !== 'custom' || (custom ?? '') === section.get('customProvider', ''))
  );
}
