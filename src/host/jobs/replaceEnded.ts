import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { FIELD_NAMES } from '../../core/catalog/fields';
import { modelOf } from '../../core/catalog/modelOf';
import type { Provider } from '../../core/catalog/providers';
import { labelOf } from '../../core/jobs/actions';
import { replacementOf } from '../../core/providers/withAlternatives';
import { fitFields } from '../../core/request/fitFields';
import { providerFor } from '../../core/settings/providerFor';
import type { Settings, SettingsOverrides } from '../../core/settings/settings';
import { modelRow } from '../connection/modelRow';
import { readSettings } from '../settings/readSettings';
import { writeSettings } from '../settings/writeSetting';
import { dayText } from '../ui/modelWords';
import { notify } from '../ui/notify';
import type { JobsDependencies } from './jobsDependencies';

/** Small facts about what was told. */
const TOLD = 'endingModelsTold';
const TOLD_MS = 10_000;

/**
 * Asks about a model that has ended, before anything is sent to it, and tells once, quietly, of one that ends.
 * @param given what counts instead of the settings
 * @returns what counts instead as well, where the user wants another model
 * @throws vscode.CancellationError
 */
export async function replaceEnded(
  app: Pick<JobsDependencies, 'models' | 'globalState'>,
  settings: Settings,
  given: SettingsOverrides | undefined,
  scope: vscode.Uri | undefined,
): Promise<SettingsOverrides | undefined> {
  const provider = providerFor(settings);
  const id = settings.model ?? provider.defaultModel;
  if (!id) return undefined;
  const { lifecycle } = modelRow(app.models, settings, id);
  if (lifecycle.state === 'ending') {
    await tellOnce(app.globalState, provider, id, lifecycle.on, lifecycle.replacement);
    return undefined;
  }
  const replacement = lifecycle.state === 'ended' ? (lifecycle.replacement ?? replacementOf(provider, id)) : undefined;
  if (lifecycle.state !== 'ended' || !replacement) return undefined;
  const use = labelOf('useModel', replacement);
  const words = { model: id, label: provider.label, date: lifecycle.on ? dayText(lifecycle.on) : '' };
  const message = lifecycle.on
    ? t('{model} ended at {label} on {date}.', words)
    : t('{model} has ended at {label}.', words);
  const detail = t('Nothing was sent yet. {replacement} takes its place there.', { replacement });
  const picked = await notify.choose(message, detail, use, t('Send Anyway'));
  if (picked === undefined) throw new vscode.CancellationError();
  if (picked !== use) return undefined;
  return useReplacement(provider, replacement, settings, given, scope);
}

/** The settings are changed where they named the model; whatever the new one does not take is told. */
async function useReplacement(
  provider: Provider,
  replacement: string,
  settings: Settings,
  given: SettingsOverrides | undefined,
  scope: vscode.Uri | undefined,
): Promise<SettingsOverrides> {
  const model = modelOf(provider, replacement);
  const { taken } = fitFields(provider, model, settings.fields);
  if (given?.model === undefined) {
    const own = readSettings(scope).fields;
    const reset = fitFields(provider, model, own).unsupported;
    await writeSettings(
      { ...shortest(provider, replacement), ...Object.fromEntries(reset.map((name) => [name, undefined])) },
      scope,
    );
    if (reset.length > 0)
      void notify.info(
        t('{model} is used from now on. These settings were reset, since it does not take their values: {names}.', {
          model: replacement,
          names: reset.map((name) => `pictor.${name} (${String(own[name])})`).join(', '),
        }),
      );
  }
  return { model: replacement, ...Object.fromEntries(FIELD_NAMES.map((name) => [name, taken[name] ?? null])) };
}

/** A default needs no setting. */
function shortest({ defaultModel }: Provider, model: string): { readonly model: string | undefined } {
  return { model: model === defaultModel ? undefined : model };
}

async function tellOnce(
  state: vscode.Memento,
  { id: providerId, label }: Provider,
  model: string,
  on: string,
  replacement: string | undefined,
): Promise<void> {
  const told = state.get<Readonly<Record<string, string>>>(TOLD, {});
  const key = `${providerId}/${model}`;
  if (told[key] === on) return;
  await state.update(TOLD, { ...told, [key]: on });
  const words = { model, label, date: dayText(on), replacement: replacement ?? '' };
  vscode.window.setStatusBarMessage(
    replacement
      ? t('{model} ends at {label} on {date}; {replacement} takes its place.', words)
      : t('{model} ends at {label} on {date}.', words),
    TOLD_MS,
  );
}
