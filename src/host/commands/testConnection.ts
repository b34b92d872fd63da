import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { HttpClient } from '../../core/http/httpClient';
import { checkConnection, type ConnectionReport } from '../../core/providers/checkConnection';
import { activeScope } from '../settings/activeScope';
import type { JobsDependencies } from '../jobs/jobsDependencies';
import type { CommandId } from '../ui/runCommand';
import { requireKey, resolveAddress, sourceOf, type ProviderAddress } from '../connection/providerAddress';
import { notify } from '../ui/notify';
import { withProgress } from '../ui/progress';
import { readNetworkSettings, readSettings } from '../settings/readSettings';

/** Reaches the selected provider with a question that costs nothing, and says in words what is well and what is not. */
export async function testConnection(app: Pick<JobsDependencies, 'keys' | 'log' | 'models'>): Promise<string> {
  const settings = readSettings(activeScope());
  const address = resolveAddress(settings);
  if (!address)
    return tell(
      app,
      t('The placeholder is drawn on this machine and needs no connection.'),
      t('Select Provider'),
      'pictor.selectProvider',
    );
  const { provider, baseUrl } = address;
  const apiKey = await requireKey(address, app.keys);
  const http = new HttpClient(readNetworkSettings(), process.env);
  const report = await withProgress(`Pictor: ${provider.label}`, false, ({ signal, onStep }) => {
    onStep({ text: t('Asking {host}', { host: baseUrl.host }) });
    return checkConnection(provider, { http, baseUrl, apiKey }, signal, Date.now);
  });
  // Where drawing models have a list of their own, that one says more.
  if (report.models && !provider.modelsPath) await app.models.set(sourceOf(address), report.models);
  return tell(
    app,
    inWords(address, report, apiKey !== undefined, settings.model ?? provider.defaultModel),
    t('Select Model'),
    'pictor.selectModel',
  );
}

function inWords(
  { provider, baseUrl }: ProviderAddress,
  { durationMs, keyChecked, models }: ConnectionReport,
  hasKey: boolean,
  model: string,
): string {
  const values = { label: provider.label, origin: baseUrl.origin, durationMs };
  const answers =
    baseUrl.protocol === 'https:'
      ? t('{label} answers at {origin} after {durationMs} ms, over a trusted connection.', values)
      : t('{label} answers at {origin} after {durationMs} ms.', values);
  const unchecked = hasKey ? t('It has no free question to check the key with.') : t('There is no key.');
  const key = keyChecked ? t('The key is accepted.') : unchecked;
  return [answers, key, ...listInWords(models, model), t('Nothing was billed.')].join(' ');
}

function listInWords(models: ConnectionReport['models'], model: string): string[] {
  if (!models) return [t('It tells no list of models.')];
  if (models.length === 0) return [t('Its list of models is empty.')];
  const drawing = models.filter(({ draws }) => draws).length;
  const isListed = models.some(({ id }) => id === model);
  const count = t('Models it lists: {count}; that draw, as far as can be told: {drawing}.', {
    count: models.length,
    drawing,
  });
  return model
    ? [count, isListed ? t('“{model}” is among them.', { model }) : t('“{model}” is not among them.', { model })]
    : [count];
}

/** With a button, since VS Code shows only one line of a message without one. */
function tell(app: Pick<JobsDependencies, 'log'>, message: string, button: string, command: CommandId): string {
  app.log.info(message);
  void notify.info(message, button).then((picked) => picked && vscode.commands.executeCommand(command));
  return message;
}
