import pLimit from 'p-limit';
import * as vscode from 'vscode';
import { providerOf } from '../core/catalog/providers';
import { delay } from '../core/delay';
import { download } from '../core/http/download';
import { HttpClient } from '../core/http/httpClient';
import { runJob, type JobParts } from '../core/jobs/runJob';
import { altText } from '../core/markup/altText';
import { shorten } from '../core/markup/shorten';
import { createProvider } from '../core/providers/createProvider';
import { composeRequest, type ImageRequest } from '../core/request/composeRequest';
import type { Settings } from '../core/settings/settings';
import type { AppParts } from './appParts';
import { chooseRoot } from './chooseRoot';
import { requireKey, resolveEndpoint } from './connection';
import { fileUriOf } from './documents';
import { deliverPictures, type DeliveredPicture } from './deliverPictures';
import type { TrackedPlace } from './placeTracker';
import { withProgress, type ProgressTask } from './progress';
import { readFolderSetting, readNetworkSettings, readSettings } from './readSettings';
import type { PicturePlan, SavedPicture } from './savePictures';
import { showError } from './showError';

/** One request for a picture, and the place in the document that it is for. */
export interface Ask {
  readonly prompt: string;
  readonly place?: TrackedPlace;
}

interface PreparedAsk extends Pick<Ask, 'place'> {
  readonly request: ImageRequest;
  readonly plan: PicturePlan;
}

const MAX_TITLE_CHARACTERS = 40;

/** Requests of one command that run at the same time. */
const PARALLEL_REQUESTS = 4;

/**
 * The one line that every way of asking walks: settings, checked requests, key, generation, files, links. Everything that can be
 * wrong without a service is found before anything is sent.
 * @returns the pictures that were saved
 * @throws PictorError, vscode.CancellationError
 */
export async function generatePictures(
  app: AppParts,
  document: vscode.TextDocument | undefined,
  asks: readonly Ask[],
): Promise<DeliveredPicture[]> {
  const root = await chooseRoot(document);
  const settings = readSettings(document?.uri ?? root.uri);
  const definition = providerOf(settings.provider);
  const folder = root.folder ?? readFolderSetting(settings, document);
  const prepared = asks.map(({ prompt, place }): PreparedAsk => {
    const request = composeRequest(definition, { prompt, model: settings.model, fields: settings.fields });
    return { request, place, plan: planOf(settings, request, folder, document) };
  });
  for (const { plan } of prepared) app.pictures.check(plan, root.uri);
  const endpoint = resolveEndpoint(settings);
  const apiKey = endpoint && (await requireKey(endpoint, app.keys));

  const http = new HttpClient(readNetworkSettings(), process.env);
  const { timeoutMs, maxImageBytes } = settings;
  const provider = createProvider(definition, () => {
    if (!endpoint) throw new Error(`${definition.id} has no endpoint`);
    return { http, baseUrl: endpoint.baseUrl, apiKey, timeoutMs, maxImageBytes };
  });
  return withProgress(titleOf(prepared), !endpoint, async (task) => {
    const steps = sharedSteps(prepared.length, task);
    const limit = pLimit(PARALLEL_REQUESTS);
    const outcomes = await Promise.allSettled(
      prepared.map((ask) =>
        limit(async () => {
          task.signal.throwIfAborted();
          const delivered = await finish(app, ask, settings, document, {
            definition,
            provider,
            signal: task.signal,
            onStep: steps.onStep,
            waiting: waitingFor(app, ask.request, definition.label, timeoutMs),
            keep: (image) => app.pictures.save(image, ask.plan, root.uri),
            download: (url) =>
              download(url, { send: (request) => http.send(request), signal: task.signal, timeoutMs, maxBytes: maxImageBytes, delay }),
          });
          steps.onDone();
          return delivered;
        }),
      ),
    );
    if (task.signal.aborted && endpoint) {
      void vscode.window.showInformationMessage(
        `Cancelled. If ${definition.label} had begun to draw, it cannot be told to stop, and may still bill for the picture.`,
      );
    }
    return collect(app, outcomes);
  });
}

/** How a task of this request is waited for: as long as the setting says, and then for as long as the user likes. */
function waitingFor(app: AppParts, { provider, model }: ImageRequest, label: string, timeoutMs: number): JobParts<unknown>['waiting'] {
  const checkAgain = 'Check Again';
  return {
    timeoutMs,
    seenMs: app.durations.seen(provider, model),
    onTask: (taskId) => app.log.info(`${label} ${model}: working on it as task ${taskId}`),
    onDuration: (ms) => void app.durations.add(provider, model, ms),
    onUnknownStatus: (status) => app.log.info(`${label} ${model}: the task has the unknown state “${status}”, and is taken to run`),
    goOn: async () => {
      const message = `${label} has not finished after ${timeoutMs / 1000} s. Asking again is free.`;
      return (await vscode.window.showWarningMessage(message, checkAgain)) === checkAgain;
    },
    delay,
    now: Date.now,
  };
}

/** From a checked request to linked files. */
async function finish(
  app: AppParts,
  { request, place }: PreparedAsk,
  settings: Settings,
  document: vscode.TextDocument | undefined,
  parts: JobParts<SavedPicture>,
): Promise<DeliveredPicture[]> {
  const startMs = Date.now();
  const name = `${parts.definition.label} ${request.model}`;
  const withheld = request.withheld.length > 0 ? `; not sent, since it does not take them: ${request.withheld.join(', ')}` : '';
  app.log.info(`${name}: asking for a picture${withheld}`);
  const { kept, failures, requestId } = await runJob(request, parts);
  app.log.info(`${name}: ${kept.length} delivered after ${Date.now() - startMs} ms${requestId ? `, request id ${requestId}` : ''}`);
  const [first, ...others] = failures;
  if (kept.length === 0 && first !== undefined) {
    report(app, others);
    throw first as Error;
  }
  report(app, failures);
  // Who cancels wants no link any more; but what is there is paid for, and is offered.
  const mode = parts.signal.aborted ? 'none' : settings.insert;
  return deliverPictures(app, { pictures: kept, place, document, mode, isPlaceholder: request.provider === 'placeholder' });
}

/** Shows and logs failures that have no one to catch them. A cancel is none. */
function report(app: AppParts, failures: readonly unknown[]): void {
  for (const failure of failures) {
    if (failure instanceof vscode.CancellationError) continue;
    app.log.error(failure);
    void showError(failure, app.keys.known);
  }
}

/** What succeeded; the first failure is thrown where nothing did, and otherwise every one is shown. */
function collect(app: AppParts, outcomes: readonly PromiseSettledResult<DeliveredPicture[]>[]): DeliveredPicture[] {
  const delivered = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as Error] : []));
  const [first, ...others] = failures;
  report(app, delivered.length > 0 ? failures : others);
  if (delivered.length === 0 && first !== undefined) throw first;
  return delivered;
}

function planOf(
  settings: Settings,
  request: ImageRequest,
  folder: PicturePlan['folder'],
  document: vscode.TextDocument | undefined,
): PicturePlan {
  const file = document && fileUriOf(document);
  return {
    folder,
    fileName: settings.fileName,
    prompt: request.prompt,
    model: request.model,
    document: file && { path: file.path, workspaceFolder: vscode.workspace.getWorkspaceFolder(file)?.uri.path },
  };
}

function titleOf(asks: readonly PreparedAsk[]): string {
  const [first] = asks;
  return asks.length === 1 && first ? `Pictor: “${titlePrompt(first.request.prompt)}”` : `Pictor: ${asks.length} pictures`;
}

/** Enough of a prompt to tell it from others, within a line. */
function titlePrompt(prompt: string): string {
  const line = altText(prompt);
  const short = shorten(line, MAX_TITLE_CHARACTERS);
  return short === line ? line : `${short}…`;
}

/** Several requests share one notification: it counts those that are done beside the newest step. */
function sharedSteps(total: number, task: ProgressTask): { onStep: (step: string) => void; onDone: () => void } {
  let done = 0;
  const prefix = (): string => (total > 1 ? `${done} of ${total} done · ` : '');
  return {
    onStep: (step) => task.onStep(prefix() + step),
    onDone: () => {
      done++;
    },
  };
}
