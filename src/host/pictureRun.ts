import * as vscode from 'vscode';
import type { ProviderDefinition } from '../core/catalog/providers';
import { delay } from '../core/delay';
import { download } from '../core/http/download';
import { HttpClient } from '../core/http/httpClient';
import { runJob, type JobParts } from '../core/jobs/runJob';
import { createProvider } from '../core/providers/createProvider';
import type { ImageTask } from '../core/answers/answer';
import { composeRequest, pictureCount, type ImageRequest } from '../core/request/composeRequest';
import { providerFor } from '../core/settings/providerFor';
import type { Settings } from '../core/settings/settings';
import type { AppParts } from './appParts';
import { chooseRoot, type PictureRoot } from './chooseRoot';
import { requireKey, resolveEndpoint } from './connection';
import { deliverPictures, type DeliveredPicture } from './deliverPictures';
import { fileUriOf } from './documents';
import type { TrackedPlace } from './placeTracker';
import type { ProgressTask } from './progress';
import { readFolderSetting, readNetworkSettings, readSettings } from './readSettings';
import type { PicturePlan, SavedPicture } from './savePictures';
import { showError } from './showError';

/** One request for a picture, and the place in the document that it is for. */
export interface Ask {
  readonly prompt: string;
  readonly place?: TrackedPlace;
  /** How many pictures, whatever the setting says. */
  readonly count?: number;
  /** Where pictures go, once the user has been asked. */
  readonly root?: PictureRoot;
  /** Whether the place is that of a picture of the same ask: the link goes behind it. */
  readonly isFollowUp?: boolean;
}

/** An ask that can be sent. */
export interface PreparedAsk extends Ask {
  readonly request: ImageRequest;
  readonly plan: PicturePlan;
  /** The task of an earlier try, to be asked about instead of asking for a new picture. */
  readonly resume?: ImageTask;
}

/** What came of an ask. */
export interface AskResult {
  readonly delivered: readonly DeliveredPicture[];
  readonly asked: number;
  /** Pictures that were asked for and did not come, without a word about why. */
  readonly missing: number;
  /** Behind the links, for those of further pictures; the caller disposes of it. */
  readonly next?: TrackedPlace;
}

/** What the asks of one command share. */
export interface PictureRun {
  readonly asks: readonly PreparedAsk[];
  readonly root: PictureRoot;
  readonly definition: ProviderDefinition;
  readonly settings: Settings;
  /** Whether nothing is asked of any service. */
  readonly isLocal: boolean;
  /** From a checked request to linked files. @throws PictorError; the reason of the task's signal */
  draw(ask: PreparedAsk, task: ProgressTask): Promise<AskResult>;
}

/**
 * Settings, checked requests, and the key: everything that can be wrong without a service is found before anything is sent.
 * @throws PictorError, vscode.CancellationError
 */
export async function prepareRun(app: AppParts, document: vscode.TextDocument | undefined, asks: readonly Ask[]): Promise<PictureRun> {
  const root = asks[0]?.root ?? (await chooseRoot(document));
  const settings = readSettings(document?.uri ?? root.uri);
  const definition = providerFor(settings);
  const folder = root.folder ?? readFolderSetting(settings, document);
  const { model, fields, aceTaskMode: taskMode, callbackUrl, timeoutMs, maxImageBytes } = settings;
  const prepared = asks.map((ask): PreparedAsk => {
    const wanted = ask.count === undefined ? fields : { ...fields, n: ask.count };
    const request = composeRequest(definition, { prompt: ask.prompt, model, fields: wanted, taskMode, callbackUrl });
    return { ...ask, request, plan: planOf(settings, request, folder, document) };
  });
  for (const { plan } of prepared) app.pictures.check(plan, root.uri);
  const endpoint = resolveEndpoint(settings);
  const apiKey = endpoint && (await requireKey(endpoint, app.keys));

  const http = new HttpClient(readNetworkSettings(), process.env);
  const { staging, batches } = app;
  const provider = createProvider(definition, () => {
    if (!endpoint) throw new Error(`${definition.id} has no endpoint`);
    return { http, baseUrl: endpoint.baseUrl, apiKey, timeoutMs, maxImageBytes, staging, batches };
  });
  return {
    asks: prepared,
    root,
    definition,
    settings,
    isLocal: endpoint === undefined,
    draw: (ask, { signal, onStep }) =>
      draw(app, ask, settings, document, {
        definition,
        provider,
        resume: ask.resume,
        staging,
        signal,
        onStep,
        onPreview: () => Promise.resolve(),
        waiting: waitingFor(app, ask.request.model, definition.label, waitMs(document, root, timeoutMs)),
        keep: (image) => app.pictures.save(image, ask.plan, root.uri),
        download: (url, check) =>
          download(url, { exchange: (request, read) => http.exchange(request, read), staging, check, signal, timeoutMs, maxBytes: maxImageBytes, delay }),
      }),
  };
}

async function draw(
  app: AppParts,
  { request, place, isFollowUp = false }: PreparedAsk,
  settings: Settings,
  document: vscode.TextDocument | undefined,
  parts: JobParts<SavedPicture>,
): Promise<AskResult> {
  const startMs = Date.now();
  const name = `${parts.definition.label} ${request.model}`;
  const withheld = request.withheld.length > 0 ? `; not sent, since it does not take them: ${request.withheld.join(', ')}` : '';
  app.log.info(parts.resume ? `${name}: asking again about task ${parts.resume.taskId}` : `${name}: asking for a picture${withheld}`);
  const { kept, failures, missing, requestId, usage } = await runJob(request, parts);
  const facts = [requestId && `request id ${requestId}`, usage?.total !== undefined && `${usage.total} tokens`].filter(Boolean).join(', ');
  app.log.info(`${name}: ${kept.length} delivered after ${Date.now() - startMs} ms${facts && `, ${facts}`}`);
  const [first, ...others] = failures;
  reportFailures(app, kept.length === 0 ? others : failures);
  if (kept.length === 0 && first !== undefined) throw first as Error;
  // Who cancels wants no link any more; but what is there is paid for, and is offered.
  const mode = parts.signal.aborted ? 'none' : settings.insert;
  const isPlaceholder = request.provider === 'placeholder';
  const { delivered, next } = await deliverPictures(app, { pictures: kept, place, document, mode, isPlaceholder, isFollowUp });
  return { delivered, asked: pictureCount(request), missing, next };
}

/** Shows and logs failures that have no one to catch them. A cancel is none. */
function reportFailures(app: AppParts, failures: readonly unknown[]): void {
  for (const failure of failures) {
    if (failure instanceof vscode.CancellationError) continue;
    app.log.error(failure);
    void showError(failure, app.keys.known);
  }
}

/** The setting may be raised before the user asks again; what is wrong with another one does not matter here. */
function waitMs(document: vscode.TextDocument | undefined, root: PictureRoot, earlierMs: number): number {
  try {
    return readSettings(document?.uri ?? root.uri).timeoutMs;
  } catch {
    return earlierMs;
  }
}

/** How a task of this request is waited for, and what is learnt from it. */
function waitingFor(app: AppParts, model: string, label: string, timeoutMs: number): JobParts<unknown>['waiting'] {
  return {
    timeoutMs,
    seenMs: app.durations.seen(label, model),
    onTask: (taskId) => app.log.info(`${label} ${model}: working on it as task ${taskId}`),
    onDuration: (ms) => void app.durations.add(label, model, ms),
    onUnknownStatus: (status) => app.log.info(`${label} ${model}: the task has the unknown state “${status}”, and is taken to run`),
    delay,
    now: Date.now,
  };
}

function planOf(settings: Settings, request: ImageRequest, folder: PicturePlan['folder'], document: vscode.TextDocument | undefined): PicturePlan {
  const file = document && fileUriOf(document);
  return {
    folder,
    fileName: settings.fileName,
    prompt: request.prompt,
    model: request.model,
    document: file && { path: file.path, workspaceFolder: vscode.workspace.getWorkspaceFolder(file)?.uri.path },
    asked: request.fields,
    altText: settings.altText,
  };
}
