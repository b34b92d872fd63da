import { randomUUID } from 'node:crypto';
import type { StagedFile, StagingArea } from '../files/staging';
import type { HttpHead, HttpResponse } from '../http/httpClient';
import { parseJson, readText, tooLarge } from '../http/readText';
import type { AnsweredImage, Preview } from './answer';
import { asJsonText, peekContent } from './peekContent';
import type { ContentKind } from './contentKind';
import { EventStream } from './eventStream';
import { decodeBase64 } from './imageText';
import { ImageDiverter, type DivertedImage } from './imageDiverter';

/** An answer, read. Its large images are on disk. */
export interface ReadAnswer extends HttpHead {
  /** Parsed JSON, or a text that is none; the events' error for a stream. */
  readonly body: unknown;
  /** As it came, without its large images. */
  readonly text: string;
  readonly find: (token: string) => DivertedImage | null;
  /** Every image that was put on disk, wherever in the answer it stood. */
  readonly staged: readonly StagedFile[];
  /** Images that came without JSON around them: as events, as the answer itself, or before it was cut short. */
  readonly images?: readonly AnsweredImage[];
  readonly events?: EventStream;
  /** Why the end of the answer is missing, when there are images before that. */
  readonly cutShortBy?: unknown;
}

export interface ReadAnswerOptions {
  readonly staging: StagingArea;
  readonly maxImageBytes: number;
  /** How many images were asked for. */
  readonly count: number;
  readonly onPreview: (preview: Preview) => Promise<void>;
}

/** Base64 takes four bytes for three. */
const BASE64_RATIO = 4 / 3;
/** The rest of an answer is small. */
const OVERHEAD_BYTES = 4 * 1024 * 1024;
/** An answer about a failure has no image in it. */
const MAX_ERROR_BYTES = 1024 * 1024;
/** A stream has previews besides its images: three at most, and smaller. */
const STREAM_FACTOR = 4;

/**
 * Reads an answer as it arrives: memory does not grow with its images.
 * @throws PictorError `tooLarge`; what the connection throws, unless there are whole images already
 */
export async function readAnswer(response: HttpResponse, options: ReadAnswerOptions): Promise<ReadAnswer> {
  const { status, header, body } = response;
  const head = { status, header, find: () => null, staged: [] };
  if (status >= 300) {
    const text = await readText(body, MAX_ERROR_BYTES);
    return { ...head, text, body: parseJson(text) };
  }
  const content = await peekContent(body, header('content-type')?.toLowerCase() ?? '');
  if (content.kind !== 'image')
    return new AnswerReading(options, content.kind).read({ ...response, body: content.body });
  const file = await stage(content.body, options);
  return {
    ...head,
    text: '',
    body: undefined,
    staged: file ? [file] : [],
    images: [{ source: file ? { kind: 'staged', file } : { kind: 'tooLarge' } }],
  };
}

/** One answer while it is read. */
class AnswerReading {
  readonly #pieces: string[] = [];
  readonly #diverter: ImageDiverter;
  /** Where images of events are until it is known what they are: a preview is never found where results are. */
  readonly #arriving: StagingArea;
  readonly #events: EventStream | undefined;

  constructor(
    private readonly options: ReadAnswerOptions,
    private readonly kind: Exclude<ContentKind, 'image'>,
  ) {
    this.#arriving = kind === 'events' ? options.staging.within(`arriving-${randomUUID()}`) : options.staging;
    this.#diverter = new ImageDiverter(this.#arriving, options.maxImageBytes, (text) => this.onText(text));
    this.#events = kind === 'events' ? new EventStream((token) => this.#diverter.find(token)) : undefined;
  }

  async read(response: HttpResponse): Promise<ReadAnswer> {
    try {
      return await this.readAll(response);
    } finally {
      if (this.#events) await this.#arriving.clear();
    }
  }

  private async readAll({ status, header, body }: HttpResponse): Promise<ReadAnswer> {
    let cutShortBy: unknown;
    try {
      await this.readBody(this.kind === 'imageText' ? asJsonText(body) : body);
    } catch (error) {
      cutShortBy = error;
    }
    await this.#diverter.end();
    this.#events?.end();
    await this.takeEvents();
    const text = this.#pieces.join('');
    const events = this.#events;
    const staged = events ? [] : this.#diverter.whole;
    const answer = { status, header, text, staged, find: (token: string) => this.#diverter.find(token) };
    if (events) {
      if (cutShortBy && events.images.length === 0 && events.error === undefined && !events.isDone)
        throw cutShortBy as Error;
      return { ...answer, events, body: events.error, images: events.images, cutShortBy };
    }
    const json = parseJson(text);
    // The connection may break after the last bracket: nothing is missing then.
    if (typeof json === 'object' || !cutShortBy) return { ...answer, body: json };
    if (staged.length === 0) throw cutShortBy as Error;
    return { ...answer, body: text, images: asImages(staged), cutShortBy };
  }

  private async readBody(body: AsyncIterable<Buffer>): Promise<void> {
    const { maxImageBytes, count } = this.options;
    const maxBytes = Math.ceil(maxImageBytes * count * BASE64_RATIO) + OVERHEAD_BYTES;
    let length = 0;
    for await (const chunk of body) {
      length += chunk.length;
      if (length > maxBytes * (this.#events ? STREAM_FACTOR : 1)) throw tooLarge(maxImageBytes * count);
      await this.#diverter.push(chunk);
      await this.takeEvents();
      // Some services keep a stream open although nothing more will come.
      const events = this.#events;
      if (events && (events.isDone || events.error !== undefined || events.images.length >= count)) return;
    }
  }

  private onText(text: string): void {
    this.#pieces.push(text);
    this.#events?.feed(text);
  }

  /** Shows what is a preview, and puts what is a result where results are. */
  private async takeEvents(): Promise<void> {
    const events = this.#events;
    if (!events) return;
    const { staging, onPreview } = this.options;
    for (const { index, text } of events.previews.splice(0)) {
      const file = this.#diverter.find(text) ?? (await this.#arriving.add(decodeBase64(text)));
      await onPreview({ index, file });
      await this.#arriving.discard(file);
    }
    for (const [index, image] of events.images.entries()) {
      if (image.source.kind !== 'staged' || staging.holds(image.source.file)) continue;
      const file = await staging.adopt(image.source.file);
      events.images[index] = { ...image, source: { kind: 'staged', file } };
    }
  }
}

/** Images of which nothing is known but that they are there. */
export function asImages(files: readonly StagedFile[]): AnsweredImage[] {
  return files.map((file) => ({ source: { kind: 'staged', file } }));
}

/** An image that is the answer. @returns undefined where it is larger than is accepted */
async function stage(
  body: AsyncIterable<Buffer>,
  { staging, maxImageBytes }: ReadAnswerOptions,
): Promise<StagedFile | undefined> {
  const file = await staging.create();
  try {
    for await (const chunk of body) {
      if (file.bytes + chunk.length > maxImageBytes) {
        await file.discard();
        return undefined;
      }
      await file.write(chunk);
    }
  } catch (error) {
    await file.discard();
    throw error;
  }
  return file.finish();
}
