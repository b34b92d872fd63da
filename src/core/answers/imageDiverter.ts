import { randomUUID } from 'node:crypto';
import { t } from '@vscode/l10n';
import { PictorError } from '../errors';
import type { StagedFile, StagingArea, StagingFile } from '../files/staging';
import { Base64Decoder, decodedLength } from './base64Decoder';
import { isBase64, unescapeBase64, withoutPrefix } from './base64Text';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** As much as is decoded at once. */
const PIECE_CHARACTERS = 64 * 1024;
/** The last group of base64 makes less than this. */
const GROUP_BYTES = 3;

/** A text of this length is looked at: is it an image? Shorter ones stay where they are. */
const PROBE_BYTES = 4096;

/** An answer without its images is small. */
const MAX_TEXT_BYTES = 4 * 1024 * 1024;

/** What became of an image: a file, or undefined where it is larger than is accepted. */
export type DivertedImage = StagedFile | undefined;

type State = 'outside' | 'probing' | 'text' | 'picture';

/**
 * Reads JSON, or events with JSON, as it arrives, and writes every long base64 text to a file instead of keeping it: a
 * token stands in its place. What is left is small, and is read by the usual parsers. Texts of JSON hold no line
 * breaks, so a line break ends whatever was cut short before it.
 */
export class ImageDiverter {
  readonly #tokenPrefix = `pictor-${randomUUID()}-`;
  readonly #images: DivertedImage[] = [];
  readonly #utf8 = new TextDecoder();
  #state: State = 'outside';
  #escaped = false;
  #probe: number[] = [];
  #textBytes = 0;
  #image: ImageWriter | undefined;

  constructor(
    private readonly staging: StagingArea,
    private readonly maxImageBytes: number,
    /** Told what is left, piece by piece. */
    private readonly onText: (text: string) => void,
  ) {}

  /** What was diverted under a token; `null` for any other text. */
  find(token: string): DivertedImage | null {
    if (!token.startsWith(this.#tokenPrefix)) return null;
    return this.#images[Number(token.slice(this.#tokenPrefix.length))];
  }

  /** Every image that is whole, in its order. */
  get whole(): readonly StagedFile[] {
    return this.#images.filter((image) => image !== undefined);
  }

  /** @throws PictorError `tooLarge` where what is left is not small */
  async push(chunk: Buffer): Promise<void> {
    for (let at = 0; at < chunk.length;) at = await this.advance(chunk, at);
  }

  /** Nothing more will come: what was cut short is dropped. */
  async end(): Promise<void> {
    if (this.#state === 'probing') this.keep(Buffer.from(this.#probe));
    await this.#image?.discard();
    this.#image = undefined;
    this.#state = 'outside';
    const rest = this.#utf8.decode();
    if (rest) this.onText(rest);
  }

  private async advance(chunk: Buffer, at: number): Promise<number> {
    switch (this.#state) {
      case 'outside':
        return this.skipToText(chunk, at);
      case 'probing':
        return this.probe(chunk, at);
      case 'text':
        return this.passText(chunk, at);
      case 'picture':
        return this.divert(chunk, at);
    }
  }

  private skipToText(chunk: Buffer, at: number): number {
    const quote = chunk.indexOf(QUOTE, at);
    const end = quote < 0 ? chunk.length : quote + 1;
    this.keep(chunk.subarray(at, end));
    if (quote >= 0) {
      this.#state = 'probing';
      this.#probe = [];
      this.#escaped = false;
    }
    return end;
  }

  private async probe(chunk: Buffer, start: number): Promise<number> {
    for (let at = start; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (this.endsText(byte)) {
        this.keep(Buffer.from(this.#probe));
        this.#state = 'outside';
        return this.passEnd(chunk, at);
      }
      this.#probe.push(byte);
      if (this.#probe.length < PROBE_BYTES) continue;
      const text = Buffer.from(this.#probe).toString('latin1');
      // An escape may be cut in two here; an image's writer takes what comes after it too.
      if (isBase64(unescapeBase64(text).clean)) {
        this.keep(Buffer.from(this.#tokenPrefix + String(this.#images.length)));
        this.#image = new ImageWriter(await this.staging.create(), this.maxImageBytes);
        await this.#image.write(text);
        this.#state = 'picture';
      } else {
        this.keep(Buffer.from(this.#probe));
        this.#state = 'text';
      }
      return at + 1;
    }
    return chunk.length;
  }

  private passText(chunk: Buffer, start: number): number {
    for (let at = start; at < chunk.length; at++) {
      if (!this.endsText(chunk[at] ?? 0)) continue;
      this.keep(chunk.subarray(start, at));
      this.#state = 'outside';
      return this.passEnd(chunk, at);
    }
    this.keep(chunk.subarray(start));
    return chunk.length;
  }

  private async divert(chunk: Buffer, start: number): Promise<number> {
    const quote = chunk.indexOf(QUOTE, start);
    const end = quote < 0 ? chunk.length : quote;
    const line = lineEnd(chunk.subarray(start, end));
    if (line >= 0) {
      // Cut short: the rest of it will never come.
      await this.#image?.discard();
      this.#images.push(undefined);
      this.#image = undefined;
      this.#state = 'outside';
      return start + line;
    }
    await this.#image?.write(chunk.toString('latin1', start, end));
    if (quote < 0) return end;
    this.#images.push(await this.#image?.finish());
    this.#image = undefined;
    this.#state = 'outside';
    return this.passEnd(chunk, end);
  }

  /** Whether a byte ends a text: its quote, or the line. */
  private endsText(byte: number): boolean {
    if (byte === LINE_FEED || byte === CARRIAGE_RETURN) return true;
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else return byte === QUOTE;
    return false;
  }

  /** Past a quote; a line break is for whoever reads what is left. */
  private passEnd(chunk: Buffer, at: number): number {
    if (chunk[at] !== QUOTE) return at;
    this.keep(chunk.subarray(at, at + 1));
    return at + 1;
  }

  private keep(bytes: Uint8Array): void {
    this.#textBytes += bytes.length;
    if (this.#textBytes > MAX_TEXT_BYTES)
      throw new PictorError(
        'tooLarge',
        t('The answer is longer than any answer with pictures can be, and was not read further.'),
      );
    const text = this.#utf8.decode(bytes, { stream: true });
    if (text) this.onText(text);
  }
}

/** Decodes one image into its file. */
class ImageWriter {
  readonly #decoder = new Base64Decoder();
  #cutEscape = '';
  #isFirst = true;

  constructor(
    private readonly file: StagingFile,
    private readonly maxBytes: number,
  ) {}

  async write(text: string): Promise<void> {
    const { clean, rest } = unescapeBase64(this.#cutEscape + text);
    this.#cutEscape = rest;
    const content = this.#isFirst ? withoutPrefix(clean) : clean;
    this.#isFirst = false;
    for (let at = 0; at < content.length; at += PIECE_CHARACTERS) {
      const piece = content.slice(at, at + PIECE_CHARACTERS);
      await this.put(decodedLength(piece), (buffer, start) => this.#decoder.push(piece, buffer, start));
    }
  }

  async finish(): Promise<DivertedImage> {
    await this.put(GROUP_BYTES, (buffer, start) => this.#decoder.end(buffer, start));
    if (this.file.bytes <= this.maxBytes) return this.file.finish();
    await this.file.discard();
    return undefined;
  }

  async discard(): Promise<void> {
    await this.file.discard();
  }

  private async put(room: number, decode: (buffer: Buffer, at: number) => number): Promise<void> {
    if (this.file.bytes <= this.maxBytes) await this.file.fill(room, decode);
  }
}

function lineEnd(bytes: Buffer): number {
  const found = [bytes.indexOf(LINE_FEED), bytes.indexOf(CARRIAGE_RETURN)].filter((at) => at >= 0);
  return found.length > 0 ? Math.min(...found) : -1;
}
