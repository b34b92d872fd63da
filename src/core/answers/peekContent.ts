import { tooLarge } from '../http/readText';
import { contentKind, type ContentKind } from './contentKind';

/** Space, tab and line breaks. */
const BLANKS = new Set([0x20, 0x09, 0x0d, 0x0a]);
const BYTE_ORDER_MARK = Buffer.from('\ufeff');
/** A sign of life every ten seconds takes a year for this. */
const MAX_BLANK_BYTES = 4 * 1024 * 1024;
const QUOTE = Buffer.from('"');

/** A body of which the first bytes have told what it is. */
export interface PeekedContent {
  readonly kind: ContentKind;
  /** The whole of it, but for white space before it, with which gateways keep a connection open. */
  readonly body: AsyncIterable<Buffer>;
}

/**
 * Reads as much of a body as tells what it is.
 * @param type the header `content-type`, in lower case
 * @throws PictorError `tooLarge` for white space without end
 */
export async function peekContent(body: AsyncIterable<Buffer>, type: string): Promise<PeekedContent> {
  const iterator = body[Symbol.asyncIterator]();
  let bytes = 0;
  let head: Buffer = Buffer.alloc(0);
  let kind: ContentKind | undefined;
  let end: Promise<IteratorResult<Buffer>> | undefined;
  while (kind === undefined) {
    const next = iterator.next();
    const result: IteratorResult<Buffer, unknown> | undefined = await next.catch(() => undefined);
    if (!result || result.done) end = next;
    else {
      bytes += result.value.length;
      head = head.length === 0 ? withoutBlanks(result.value) : Buffer.concat([head, result.value]);
    }
    if (bytes > MAX_BLANK_BYTES && head.length === 0) {
      await iterator.return?.();
      throw tooLarge(MAX_BLANK_BYTES);
    }
    if (head.length > 0 || end) kind = contentKind(head, type, end !== undefined);
  }
  return { kind, body: replay(head, end, iterator) };
}

/** @param end what came instead of a further piece: the end, or a failure */
async function* replay(
  head: Buffer,
  end: Promise<IteratorResult<Buffer>> | undefined,
  iterator: AsyncIterator<Buffer>,
): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    for (let next = await (end ?? iterator.next()); !next.done; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

function withoutBlanks(piece: Buffer): Buffer {
  const text = piece.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK)
    ? piece.subarray(BYTE_ORDER_MARK.length)
    : piece;
  const start = text.findIndex((byte) => !BLANKS.has(byte));
  return start < 0 ? Buffer.alloc(0) : text.subarray(start);
}

/** The text of an image as the JSON text that others make of it. */
export async function* asJsonText(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield QUOTE;
  for await (const piece of body) yield withoutLineBreaks(piece);
  yield QUOTE;
}

function withoutLineBreaks(piece: Buffer): Buffer {
  return /[\s"]/.test(piece.toString('latin1'))
    ? Buffer.from(piece.toString('latin1').replace(/[\s"]+/g, ''), 'latin1')
    : piece;
}
