import * as vscode from 'vscode';
import { HttpClient } from '../../core/http/httpClient';
import { checkConnection, type ConnectionReport } from '../../core/providers/checkConnection';
import { activeScope } from '../activeScope';
import type { AppParts } from '../appParts';
import type { CommandId } from '../commandIds';
import { requireKey, resolveEndpoint, sourceOf, type Endpoint } from '../connection';
import { notify } from '../notify';
import { withProgress } from '../progress';
import { readNetworkSettings, readSettings } from '../readSettings';

/** Reaches the selected provider with a question that costs nothing, and says in words what is well and what is not. */
export async function testConnection(app: AppParts): Promise<string> {
  const settings = readSettings(activeScope());
  const endpoint = resolveEndpoint(settings);
  if (!endpoint) return tell(app, 'The placeholder is drawn on this machine and needs no connection.', 'Select Provider', 'pictor.selectProvider');
  const { definition, baseUrl } = endpoint;
  const apiKey = await requireKey(endpoint, app.keys);
  const http = new HttpClient(readNetworkSettings(), process.env);
  const report = await withProgress(`Pictor: ${definition.label}`, false, ({ signal, onStep }) => {
    onStep({ text: `Asking ${baseUrl.host}` });
    return checkConnection(definition, { http, baseUrl, apiKey }, signal, Date.now);
  });
  if (report.models) await app.models.set(sourceOf(endpoint), report.models);
  return tell(app, inWords(endpoint, report, apiKey !== undefined, settings.model ?? definition.defaultModel), 'Select Model', 'pictor.selectModel');
}

function inWords({ definition, baseUrl }: Endpoint, { durationMs, keyChecked, models }: ConnectionReport, hasKey: boolean, model: string): string {
  const secure = baseUrl.protocol === 'https:' ? ', over a trusted connection' : '';
  const key = keyChecked ? 'The key is accepted.' : hasKey ? 'It has no free question to check the key with.' : 'There is no key.';
  return `${definition.label} answers at ${baseUrl.origin} after ${durationMs} ms${secure}. ${key} ${listInWords(models, model)} Nothing was billed.`;
}

function listInWords(models: ConnectionReport['models'], model: string): string {
  if (!models) return 'It tells no list of models.';
  if (models.length === 0) return 'Its list of models is empty.';
  const drawing = models.filter(({ draws }) => draws).length;
  const isListed = models.some(({ id }) => id === model);
  return `Models it lists: ${models.length}; that draw, as far as can be told: ${drawing}.${model ? ` “${model}” is ${isListed ? '' : 'not '}among them.` : ''}`;
}

/** With a button, since VS Code shows only one line of a message without one. */
function tell(app: AppParts, message: string, button: string, command: CommandId): string {
  app.log.info(message);
  void notify.info(message, button).then((picked) => picked && vscode.commands.executeCommand(command));
  return message;
}
