import * as vscode from 'vscode';
import type { UsedValues } from '../core/answers/answer';
import type { FieldValues } from '../core/catalog/fields';
import { altText } from '../core/markup/altText';
import { shorten } from '../core/markup/shorten';
import type { InsertMode } from '../core/settings/settings';
import type { AppParts } from './appParts';
import type { CommandId } from './commandIds';
import { insertLinks } from './insertLinks';
import { linkFor } from './linkFor';
import { offerPictures } from './offerPictures';
import type { TrackedPlace } from './placeTracker';
import type { SavedPicture } from './savePictures';

/** What a command answers to whoever ran it: a key binding, a test, another extension. */
export interface DeliveredPicture {
  readonly uri: string;
  readonly link: string;
  /** Whether the link is in the document that asked. */
  readonly inserted: boolean;
  readonly mediaType: string;
  /** Size of the file. */
  readonly bytes: number;
  /** `WIDTHxHEIGHT` in pixels, where the picture tells it. */
  readonly size?: string;
  /** The prompt that the service really used. */
  readonly revisedPrompt?: string;
  /** What was asked for, and what the service says that it really used. */
  readonly asked: FieldValues;
  readonly used: UsedValues;
  /** In what the picture differs from what was asked for. */
  readonly differences: readonly string[];
}

export interface Delivery {
  readonly pictures: readonly SavedPicture[];
  readonly place: TrackedPlace | undefined;
  readonly document: vscode.TextDocument | undefined;
  readonly mode: InsertMode;
  readonly isPlaceholder: boolean;
  /** Whether the place is that of a picture of the same ask. */
  readonly isFollowUp: boolean;
}

/** What was delivered, and a place behind the links, if there are any. */
export interface Delivered {
  readonly delivered: DeliveredPicture[];
  readonly next?: TrackedPlace;
}

const OFFERED_PROVIDER = 'offeredProvider';
const CONNECT = 'Connect a Provider';

/** Links saved pictures where they were asked for, and offers what is left to the user. */
export async function deliverPictures(app: AppParts, delivery: Delivery): Promise<Delivered> {
  const { pictures, place, document, mode, isFollowUp } = delivery;
  const placed = pictures.filter((picture) => !picture.misplaced);
  const misplaced = pictures.filter((picture) => picture.misplaced);
  const behind = placed.length > 0 && place !== undefined && mode !== 'none' ? await insertLinks(place, placed, mode, isFollowUp) : undefined;
  const inserted = behind !== undefined;
  for (const picture of pictures) app.log.info(logLine(picture));

  if (placed.length > 0 && !inserted) void offerUnlinked(delivery, placed);
  for (const picture of misplaced) {
    void offerPictures(`${picture.misplaced?.message} It is kept in ${picture.uri.fsPath}.`, [picture], ['Save As…', 'Open', 'Reveal']);
  }
  if (delivery.isPlaceholder) void offerProvider(app);
  if (inserted) vscode.window.setStatusBarMessage(`$(check) Inserted ${names(placed)}${revision(placed)}`, STATUS_MS);
  const delivered = pictures.map((picture) => ({
    uri: picture.uri.toString(),
    link: linkFor(picture, document),
    inserted: inserted && !picture.misplaced,
    mediaType: picture.mediaType,
    bytes: picture.bytes,
    size: picture.size,
    revisedPrompt: picture.revisedPrompt,
    asked: picture.asked,
    used: picture.used,
    differences: picture.differences,
  }));
  return { delivered, next: behind && app.places.track(behind.document, behind.span) };
}

/** Enough to see what has changed; the log has the whole. */
const MAX_REVISION_CHARACTERS = 60;

/** Long enough to read what is different. */
const STATUS_MS = 8000;

function logLine({ uri, mediaType, size, bytes, used, asked, differences, revisedPrompt }: SavedPicture): string {
  const values = (name: string, of: object): string => (Object.keys(of).length > 0 ? `${name} ${JSON.stringify(of)}` : '');
  const facts = [mediaType, size, `${bytes} bytes`, values('asked for', asked), values('used', used), ...differences].filter(Boolean).join(', ');
  return `Saved ${uri.toString(true)} (${facts})${revisedPrompt ? `, drawn from a revised prompt: ${revisedPrompt}` : ''}`;
}

function offerUnlinked({ place, document, mode }: Delivery, pictures: readonly SavedPicture[]): Promise<void> {
  if (!place || mode === 'none') {
    return offerPictures(`Saved ${names(pictures)}.${revision(pictures)}`, pictures, ['Open', 'Insert at Cursor', 'Copy Link', 'Reveal']);
  }
  const where = document ? ` in ${vscode.workspace.asRelativePath(document.uri)}` : '';
  return offerPictures(`Saved ${names(pictures)}, but its place${where} is gone.`, pictures, ['Copy Link', 'Insert at Cursor']);
}

/** What a service made of the prompt explains a picture that is not what was meant. */
function revision([first, ...others]: readonly SavedPicture[]): string {
  return first?.revisedPrompt && others.length === 0 ? ` Drawn from: “${shorten(altText(first.revisedPrompt), MAX_REVISION_CHARACTERS)}…”` : '';
}

/** Once in a lifetime: whoever drafts with placeholders is not asked again. */
async function offerProvider({ globalState }: AppParts): Promise<void> {
  if (globalState.get(OFFERED_PROVIDER)) return;
  await globalState.update(OFFERED_PROVIDER, true);
  const picked = await vscode.window.showInformationMessage(
    'This picture is a placeholder, drawn without any service. Connect a provider for real pictures.',
    CONNECT,
  );
  if (picked) await vscode.commands.executeCommand('pictor.selectProvider' satisfies CommandId);
}

/** The files, with what is not as it was asked for. */
function names(pictures: readonly SavedPicture[]): string {
  return pictures
    .map(({ uri, differences }) => `${vscode.workspace.asRelativePath(uri, false)}${differences.length > 0 ? ` (${differences.join(', ')})` : ''}`)
    .join(', ');
}
