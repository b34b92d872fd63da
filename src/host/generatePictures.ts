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
import { deliverPictures, type DeliveredPicture } from './deliverPictures';
import type { TrackedPlace } from './placeTracker';
import { withProgress, type ProgressTask } from './progress';
import { readFolderSetting, readNetworkSettings, readSettings } from './readSettings';
import type { PicturePlan } from './savePictures';
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
  const settings = readSettings(document?.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri);
  const definition = providerOf(settings.provider);
  const requests = asks.map(({ prompt }) => composeRequest(definition, { prompt, model: settings.model, fields: settings.fields }));
  const endpoint = resolveEndpoint(settings);
  const root = await chooseRoot(document);
  const folder = root.folder ?? readFolderSetting(settings, document);
  const prepared = requests.map((request, index): PreparedAsk => ({
    request,
    place: asks[index]?.place,
    plan: planOf(settings, request, folder, document),
  }));
  for (const { plan } of prepared) app.pictures.check(plan, root.uri);
  const apiKey = endpoint && (await requireKey(endpoint, app.keys));

  const http = new HttpClient(readNetworkSettings(), process.env);
  const { timeoutMs, maxImageBytes } = settings;
  const provider = createProvider(definition, () => {
    if (!endpoint) throw new Error(`${definition.id} has no endpoint`);
    return { http, baseUrl: endpoint.baseUrl, apiKey, timeoutMs, maxImageBytes };
  });
  try {
    return await withProgress(titleOf(prepared), !endpoint, async (task) => {
      const steps = sharedSteps(prepared.length, task);
      const limit = pLimit(PARALLEL_REQUESTS);
      const outcomes = await Promise.allSettled(
        prepared.map((ask) =>
          limit(async () => {
            task.signal.throwIfAborted();
            const parts: JobParts = {
              definition,
              provider,
              signal: task.signal,
              onStep: steps.onStep,
              download: (url) =>
                download(url, { send: (request) => http.send(request), signal: task.signal, timeoutMs, maxBytes: maxImageBytes, delay }),
            };
            const delivered = await finish(app, ask, parts, settings, document, root.uri);
            steps.onDone();
            return delivered;
          }),
        ),
      );
      return collect(app, outcomes);
    });
  } catch (error) {
    if (error instanceof vscode.CancellationError && endpoint) {
      void vscode.window.showInformationMessage(
        `Cancelled. ${definition.label} had been asked already, cannot be told, and may still bill for the picture.`,
      );
    }
    throw error;
  }
}

/** From a checked request to linked files. */
async function finish(
  app: AppParts,
  { request, plan, place }: PreparedAsk,
  parts: JobParts,
  settings: Settings,
  document: vscode.TextDocument | undefined,
  root: vscode.Uri,
): Promise<DeliveredPicture[]> {
  const startMs = Date.now();
  const withheld = request.withheld.length > 0 ? `; not sent, since it does not take them: ${request.withheld.join(', ')}` : '';
  app.log.info(`${parts.definition.label} ${request.model}: asking for a picture${withheld}`);
  const result = await runJob(request, parts);
  const idNote = result.requestId ? `, request id ${result.requestId}` : '';
  app.log.info(`${parts.definition.label} ${request.model}: ${result.images.length} delivered after ${Date.now() - startMs} ms${idNote}`);
  parts.onStep('Saving');
  const alt = altText(request.prompt);
  const saved = await Promise.all(
    result.images.map((image, index) => app.pictures.save(image, alt, index + 1, plan, root)),
  );
  for (const failure of result.failures) {
    app.log.error(failure);
    void showError(failure, app.keys.known);
  }
  return deliverPictures(app, { pictures: saved, place, document, mode: settings.insert, isPlaceholder: request.provider === 'placeholder' });
}

/** What succeeded; the first failure is thrown where nothing did, and otherwise every one is shown. */
function collect(app: AppParts, outcomes: readonly PromiseSettledResult<DeliveredPicture[]>[]): DeliveredPicture[] {
  const delivered = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as Error] : []));
  const [first, ...others] = failures;
  const shown = delivered.length > 0 ? failures : others;
  for (const failure of shown) {
    if (failure instanceof vscode.CancellationError) continue;
    app.log.error(failure);
    void showError(failure, app.keys.known);
  }
  if (delivered.length === 0 && first !== undefined) throw first;
  return delivered;
}

function planOf(
  settings: Settings,
  request: ImageRequest,
  folder: PicturePlan['folder'],
  document: vscode.TextDocument | undefined,
): PicturePlan {
  const workspaceFolder = document && vscode.workspace.getWorkspaceFolder(document.uri)?.uri.path;
  return {
    folder,
    fileName: settings.fileName,
    prompt: request.prompt,
    model: request.model,
    document: document && !document.isUntitled ? { path: document.uri.path, workspaceFolder } : undefined,
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
