import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { FieldName } from '../../core/catalog/fields';
import { newJobId } from '../../core/jobs/journal';
import { promptOf, type JobRecord, type JobTarget, type Origin } from '../../core/jobs/jobRecord';
import { mapInSlices } from '../../core/mapInSlices';
import { planJob, requestOf } from '../../core/jobs/planJob';
import { composeRequest, imageCount } from '../../core/request/composeRequest';
import { providerFor } from '../../core/settings/providerFor';
import { taskModeOf, type Settings, type SettingsOverrides } from '../../core/settings/settings';
import { styleOf, withStyle } from '../../core/styles/promptStyles';
import { connect, type Connection } from '../connection/connection';
import { resolveAddress } from '../connection/providerAddress';
import type { ModelPlace } from '../connection/refusals';
import type { TrackedAnchor } from '../document/anchorTracker';
import { fileUriOf } from '../document/documents';
import { chooseRoot, type ImageRoot } from '../files/chooseRoot';
import { readFolderSetting, readSettings } from '../settings/readSettings';
import type { JobsDependencies } from './jobsDependencies';
import { snapshot } from './rememberedAnchors';
import { replaceEnded } from './replaceEnded';

/** What a person asks for. */
export interface GenerationRequest {
  readonly prompt: string;
  /** Where its link goes. */
  readonly anchor?: TrackedAnchor;
  /** Number of images, whatever the setting says. */
  readonly count?: number;
  /** Where images go, once the user has been asked. */
  readonly root?: ImageRoot;
  /** Whether the anchor is that of an image of the same request: the link goes behind it. */
  readonly isFollowUp?: boolean;
  /** The same for all requests that are made together. */
  readonly overrides?: SettingsOverrides;
  /** Id of the job that it takes the place of. */
  readonly insteadOf?: string;
}

/** Jobs that can be sent. */
export interface PreparedJobs {
  readonly connection: Connection;
  /** One for each request. */
  readonly records: readonly JobRecord[];
}

/**
 * Settings, checked requests, and the key: everything that can be wrong without a provider is found before anything is
 * sent, and whatever must be asked is asked.
 * @throws PictorError, vscode.CancellationError
 */
export async function prepareJobs(
  app: Pick<JobsDependencies, 'images' | 'keys' | 'models' | 'refusals' | 'globalState'>,
  document: vscode.TextDocument | undefined,
  requests: readonly GenerationRequest[],
  origin: Origin,
): Promise<PreparedJobs> {
  const root = requests[0]?.root ?? (await chooseRoot(document));
  const { settings, overrides } = await settingsFor(app, document?.uri ?? root.uri, requests[0]?.overrides);
  const target = targetOf(settings, root, document);
  const leftOut = app.refusals.leftOut(placeOf(settings));
  const nowMs = Date.now();
  const batchId = requests.length > 1 ? randomUUID() : undefined;
  // Ids sort by their time, and jobs wait in the order of their ids.
  const drafts = await mapInSlices(requests, (request, index) => {
    const record = { ...draft(settings, target, { ...request, overrides }, origin, nowMs + index, leftOut), batchId };
    app.images.check(record);
    return record;
  });
  const connection = await connect(app.keys, settings);
  const { provider, baseUrl } = connection;
  const address = {
    provider: provider.id,
    label: provider.label,
    baseUrl: baseUrl?.href,
    customProvider: settings.customProvider,
  };
  // Only now: the user may have taken a while to give the key.
  return {
    connection,
    records: drafts.map((record, index) => ({
      ...record,
      connection: address,
      target: { ...target, anchor: anchorOf(requests[index]) },
    })),
  };
}

/** Settings that count, once the user has said what is to be done about a model that has ended. */
async function settingsFor(
  app: Pick<JobsDependencies, 'models' | 'globalState'>,
  scope: vscode.Uri,
  given: SettingsOverrides | undefined,
): Promise<{ settings: Settings; overrides: SettingsOverrides | undefined }> {
  const settings = readSettings(scope, given);
  const instead = await replaceEnded(app, settings, given, scope);
  if (!instead) return { settings, overrides: given };
  const overrides = { ...given, ...instead };
  return { settings: readSettings(scope, overrides), overrides };
}

/** Who will be asked, and for which model. */
export function placeOf(settings: Settings): ModelPlace {
  const provider = providerFor(settings);
  return {
    provider: provider.id,
    origin: resolveAddress(settings)?.baseUrl.origin,
    model: settings.model ?? provider.defaultModel,
  };
}

/**
 * A job as it would be asked for, whatever provider has it.
 * @param leftOut fields that the user wants left out, since they were refused
 * @throws PictorError
 */
export function draft(
  settings: Settings,
  target: JobTarget,
  { prompt, count, overrides }: GenerationRequest,
  origin: Origin,
  nowMs: number,
  leftOut: readonly FieldName[] = [],
): JobRecord {
  const { model, fields, callbackUrl, promptStyle } = settings;
  const id = newJobId(nowMs);
  const provider = providerFor(settings);
  const wanted = count === undefined ? fields : { ...fields, n: count };
  const sent = withStyle(prompt, styleOf(settings));
  const request = composeRequest(provider, {
    prompt: sent,
    model,
    fields: wanted,
    leftOut,
    taskMode: taskModeOf(settings),
    callbackUrl,
    traceId: id,
  });
  const words = sent === prompt.trim() ? {} : { prompt: prompt.trim(), style: promptStyle };
  const connection = { provider: provider.id, label: provider.label };
  return planJob({ id, origin, connection, request, target, overrides, ...words }, nowMs);
}

/** Where its images go. */
export function targetOf(settings: Settings, root: ImageRoot, document: vscode.TextDocument | undefined): JobTarget {
  const file = document && fileUriOf(document);
  return {
    root: root.uri.toString(),
    isChosen: root.folder !== undefined,
    workspaceFolder: vscode.workspace.getWorkspaceFolder(root.uri)?.uri.toString(),
    folder: root.folder ?? readFolderSetting(settings, document),
    fileName: settings.fileName,
    altText: settings.altText,
    insert: settings.insert,
    recipe: settings.recipe,
    document: file && { path: file.path, workspaceFolder: vscode.workspace.getWorkspaceFolder(file)?.uri.path },
  };
}

/** What a job was asked for, to ask for it again. */
export function requestAgain(record: JobRecord, anchor: TrackedAnchor | undefined): GenerationRequest {
  const { target, overrides } = record;
  const uri = vscode.Uri.parse(target.root);
  return {
    prompt: promptOf(record),
    overrides,
    anchor,
    isFollowUp: target.anchor?.isFollowUp,
    count: imageCount(requestOf(record)),
    root: { uri, folder: target.isChosen ? target.folder : undefined },
  };
}

/** The document that a job is for, while it is open. */
export function documentOf({ target }: JobRecord): vscode.TextDocument | undefined {
  const uri = target.anchor?.document;
  return vscode.workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === uri);
}

function anchorOf(request: GenerationRequest | undefined): JobTarget['anchor'] {
  const anchor = snapshot(request?.anchor);
  return anchor && { ...anchor, isFollowUp: request?.isFollowUp ?? false };
}
