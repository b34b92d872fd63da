import type { StagedFile, StagingArea } from '../files/staging';
import type { HttpHead, HttpResponse } from '../http/httpClient';
import { parseJson, readText, tooLarge } from '../http/readText';
import type { AnsweredImage, Preview } from './answer';
import { EventStream } from './eventStream';
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
  const type = header('content-type')?.toLowerCase() ?? '';
  const head = { status, header, find: () => null, staged: [] };
  if (status >= 300) {
    const text = await readText(body, MAX_ERROR_BYTES);
    return { ...head, text, body: parseJson(text) };
  }
  if (type.startsWith('image/')) {
    const file = await stage(body, options);
    return {
      ...head,
      text: '',
      body: undefined,
      staged: file ? [file] : [],
      images: [{ source: file ? { kind: 'staged', file } : { kind: 'tooLarge' } }],
    };
  }
  return new AnswerReading(options, type.startsWith('text/event-stream')).read(response);
}

/** So many characters tell events from JSON, where the service does not. */
const TELLING_CHARACTERS = 16;

/** One answer while it is read. */
class AnswerReading {
  readonly #pieces: string[] = [];
  readonly #diverter: ImageDiverter;
  #length = 0;
  #events: EventStream | undefined;

  constructor(
    private readonly options: ReadAnswerOptions,
    isEventStream: boolean,
  ) {
    this.#diverter = new ImageDiverter(options.staging, options.maxImageBytes, (text) => this.onText(text));
    if (isEventStream) this.startEvents();
  }

  async read({ status, header, body }: HttpResponse): Promise<ReadAnswer> {
    let cutShortBy: unknown;
    try {
      await this.readBody(body);
    } catch (error) {
      cutShortBy = error;
    }
    await this.#diverter.end();
    this.decideAboutEvents();
    this.#events?.end();
    await this.showPreviews();
    const text = this.#pieces.join('');
    const staged = this.#diverter.whole;
    const answer = {
      status,
      header,
      text,
      staged,
      find: (token: string): DivertedImage | null => this.#diverter.find(token),
    };
    const events = this.#events;
    if (events && (events.isDone || events.images.length > 0 || events.error !== undefined))
      return { ...answer, events, body: events.error, images: events.images, cutShortBy };
    const json = parseJson(text);
    // The connection may break after the last bracket: nothing is missing then.
    if (typeof json === 'object' || !cutShortBy)
      return { ...answer, body: json, events: typeof json === 'object' ? undefined : events };
    if (staged.length === 0 || events) throw cutShortBy as Error;
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
      await this.showPreviews();
      // Some services keep a stream open although nothing more will come.
      const events = this.#events;
      if (events && (events.isDone || events.error !== undefined || events.images.length >= count)) return;
    }
  }

  private onText(text: string): void {
    this.#pieces.push(text);
    this.#length += text.length;
    if (this.#events) this.#events.feed(text);
    else if (this.#length - text.length < TELLING_CHARACTERS && this.#length >= TELLING_CHARACTERS)
      this.decideAboutEvents();
  }

  /** Some services forget to say that they send events. */
  private decideAboutEvents(): void {
    if (this.#events) return;
    const text = this.#pieces.join('');
    if (/^\s*(?:event|data|id|retry)?:/.test(text)) this.startEvents().feed(text);
  }

  private startEvents(): EventStream {
    return (this.#events = new EventStream((token) => this.#diverter.find(token)));
  }

  private async showPreviews(): Promise<void> {
    for (const { index, text } of this.#events?.previews.splice(0) ?? []) {
      const file = this.#diverter.find(text) ?? (await this.options.staging.add(Buffer.from(text, 'base64')));
      await this.options.onPreview({ index, file });
      await this.options.staging.discard(file);
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
