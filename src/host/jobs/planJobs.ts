import * as vscode from 'vscode';
import { newJobId } from '../../core/jobs/journal';
import type { JobRecord, JobTarget } from '../../core/jobs/jobRecord';
import { planJob } from '../../core/jobs/planJob';
import { composeRequest } from '../../core/request/composeRequest';
import { providerFor } from '../../core/settings/providerFor';
import type { Settings } from '../../core/settings/settings';
import { styleOf, withStyle } from '../../core/styles/promptStyles';
import type { JobsDependencies } from './jobsDependencies';
import { chooseRoot, type PictureRoot } from '../files/chooseRoot';
import { fileUriOf } from '../document/documents';
import type { TrackedPlace } from '../document/placeTracker';
import { readFolderSetting, readSettings } from '../settings/readSettings';
import { connect, type Service } from '../connection/service';
import { snapshot } from './rememberedPlaces';

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
  /**
   * What counts instead of the settings, by their names; the same for all asks of a plan. Present where the form asks.
   */
  readonly instead?: Readonly<Record<string, unknown>>;
}

/** What can be sent. */
export interface Plan {
  readonly service: Service;
  /** One for each ask. */
  readonly records: readonly JobRecord[];
}

/**
 * Settings, checked requests, and the key: everything that can be wrong without a service is found before anything is
 * sent.
 * @throws PictorError, vscode.CancellationError
 */
export async function planJobs(
  app: JobsDependencies,
  document: vscode.TextDocument | undefined,
  asks: readonly Ask[],
): Promise<Plan> {
  const root = asks[0]?.root ?? (await chooseRoot(document));
  const settings = readSettings(document?.uri ?? root.uri, asks[0]?.instead);
  const target = targetOf(settings, root, document);
  const nowMs = Date.now();
  // Ids sort by their time, and jobs wait in the order of their ids.
  const drafts = asks.map((ask, index) => draft(settings, target, ask, nowMs + index));
  for (const record of drafts) app.pictures.check(record);
  const service = await connect(app.keys, settings);
  const { definition, endpoint } = service;
  const address = {
    provider: definition.id,
    label: definition.label,
    baseUrl: endpoint?.baseUrl.href,
    customProvider: settings.customProvider,
  };
  // Only now: the user may have taken a while to give the key.
  return {
    service,
    records: drafts.map((record, index) => ({
      ...record,
      service: address,
      target: { ...target, place: placeOf(asks[index]) },
    })),
  };
}

/** A job as it would be asked for, whatever service has it. @throws PictorError */
export function draft(
  settings: Settings,
  target: JobTarget,
  { prompt, count, instead }: Ask,
  nowMs: number,
): JobRecord {
  const { model, fields, aceTaskMode: taskMode, callbackUrl, promptStyle } = settings;
  const id = newJobId(nowMs);
  const definition = providerFor(settings);
  const wanted = count === undefined ? fields : { ...fields, n: count };
  const sent = withStyle(prompt, styleOf(settings));
  const request = composeRequest(definition, {
    prompt: sent,
    model,
    fields: wanted,
    taskMode,
    callbackUrl,
    traceId: id,
  });
  const words = sent === prompt.trim() ? {} : { prompt: prompt.trim(), style: promptStyle };
  return planJob(
    { id, service: { provider: definition.id, label: definition.label }, request, target, instead, ...words },
    nowMs,
  );
}

/** Where its pictures go. */
export function targetOf(settings: Settings, root: PictureRoot, document: vscode.TextDocument | undefined): JobTarget {
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

function placeOf(ask: Ask | undefined): JobTarget['place'] {
  const place = snapshot(ask?.place);
  return place && { ...place, isFollowUp: ask?.isFollowUp ?? false };
}
