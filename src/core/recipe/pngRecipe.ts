import { crc32 } from 'node:zlib';
import { parseRecipe, type Recipe } from './recipe';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Where XMP stands in a PNG (XMP specification, part 3). */
const XMP_KEYWORD = 'XML:com.adobe.xmp';
/** The signature, and the header chunk that must come first. */
const AFTER_HEADER = 33;

interface Chunk {
  readonly type: string;
  /** Of the whole chunk. */
  readonly start: number;
  readonly data: Buffer;
}

/** Why an image keeps its bytes as they are. */
export type NotEmbedded = 'notPng' | 'signed' | 'hasXmp' | 'failed';

/**
 * Puts a recipe into a PNG as XMP, which image programs show and keep.
 * @returns the new bytes, or why there are none: a C2PA signature would not hold any more
 */
export function embedRecipe(png: Buffer, recipe: Recipe): Buffer | NotEmbedded {
  if (!isPng(png)) return 'notPng';
  for (const { type, data } of chunks(png)) {
    if (type === 'caBX') return 'signed';
    if (type === 'iTXt' && data.toString('latin1', 0, XMP_KEYWORD.length) === XMP_KEYWORD) return 'hasXmp';
  }
  return Buffer.concat([png.subarray(0, AFTER_HEADER), xmpChunk(recipe), png.subarray(AFTER_HEADER)]);
}

/** The recipe in a PNG; undefined where there is none, or none of ours. */
export function readEmbeddedRecipe(png: Buffer): Recipe | undefined {
  if (!isPng(png)) return undefined;
  for (const { type, data } of chunks(png)) {
    if (type === 'IDAT') return undefined;
    if (type !== 'iTXt' || data.toString('latin1', 0, XMP_KEYWORD.length) !== XMP_KEYWORD) continue;
    const [, content] = /<pictor:recipe>([\s\S]*?)<\/pictor:recipe>/.exec(data.toString('utf8')) ?? [];
    return content === undefined ? undefined : parseRecipe(unescapeXml(content));
  }
  return undefined;
}

function isPng(bytes: Buffer): boolean {
  return bytes.length > AFTER_HEADER && bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE);
}

function* chunks(png: Buffer): Generator<Chunk> {
  for (let start = SIGNATURE.length; start + 12 <= png.length;) {
    const length = png.readUInt32BE(start);
    const end = start + 12 + length;
    if (end > png.length) return;
    yield {
      type: png.toString('latin1', start + 4, start + 8),
      start,
      data: png.subarray(start + 8, start + 8 + length),
    };
    start = end;
  }
}

/**
 * A chunk of international text: keyword, no compression, no language, no translated keyword, UTF-8 (PNG specification,
 * 11.3.3.4).
 */
function xmpChunk(recipe: Recipe): Buffer {
  const typed = Buffer.concat([
    Buffer.from(`iTXt${XMP_KEYWORD}\0\0\0\0\0`, 'latin1'),
    Buffer.from(xmpPacket(recipe), 'utf8'),
  ]);
  const chunk = Buffer.alloc(typed.length + 8);
  chunk.writeUInt32BE(typed.length - 4);
  typed.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(typed), typed.length + 4);
  return chunk;
}

function xmpPacket(recipe: Recipe): string {
  return [
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pictor="urn:pictor:recipe:1">',
    `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(recipe.prompt)}</rdf:li></rdf:Alt></dc:description>`,
    `<pictor:recipe>${escapeXml(JSON.stringify(recipe))}</pictor:recipe>`,
    '</rdf:Description></rdf:RDF></x:xmpmeta>',
    '<?xpacket end="w"?>',
  ].join('\n');
}

function escapeXml(text: string): string {
  // XML knows no other control characters, not even as references.
  return text
    .replace(/[^\P{Cc}\t\n\r]/gu, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}

function unescapeXml(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}
