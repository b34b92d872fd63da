import { crc32 } from 'node:zlib';
import type { FileBytes } from './fileBytes';

const PIECE_BYTES = 256 * 1024;

/**
 * How the structure of each kind of image is followed to its end. Its last bytes tell too little: a text that was
 * decoded wrongly may have the right ones.
 */
const CHECKS: Readonly<Record<string, (file: FileBytes) => Promise<boolean>>> = {
  png: isWholePng,
  jpg: isWholeJpeg,
  gif: isWholeGif,
  webp: isWholeWebp,
  avif: areBoxesWhole,
  svg: hasSvgEnd,
};

/** Whether an image is all there, by its structure. A kind that tells nothing of its end counts as whole. */
export async function isWhole(extension: string, file: FileBytes): Promise<boolean> {
  return (await CHECKS[extension]?.(file)) ?? true;
}

const PNG_SIGNATURE_BYTES = 8;
/** Length, type and checksum of a chunk. */
const PNG_FRAME_BYTES = 12;

/** Chunks one after the other up to IEND, with right checksums where a decoder needs them. */
async function isWholePng(file: FileBytes): Promise<boolean> {
  for (let at = PNG_SIGNATURE_BYTES; at + PNG_FRAME_BYTES <= file.size;) {
    const head = await file.read(at, 8);
    const length = head.readUInt32BE(0);
    const type = head.toString('latin1', 4, 8);
    const end = at + PNG_FRAME_BYTES + length;
    if (!/^[A-Za-z]{4}$/.test(type) || end > file.size) return false;
    if (/^[A-Z]/.test(type) && !(await isChecksumRight(file, at + 4, length + 4))) return false;
    if (type === 'IEND') return true;
    at = end;
  }
  return false;
}

async function isChecksumRight(file: FileBytes, start: number, length: number): Promise<boolean> {
  let sum = 0;
  for (let at = start; at < start + length; at += PIECE_BYTES)
    sum = crc32(await file.read(at, Math.min(PIECE_BYTES, start + length - at)), sum);
  return (await file.read(start + length, 4)).readUInt32BE(0) === sum;
}

const MARKER = 0xff;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** Within a scan: a byte that only looks like a marker, and restarts. */
const isPartOfScan = (code: number): boolean => code === 0 || (code >= 0xd0 && code <= 0xd7);

/** Segments and scans up to the end of the image; cameras and editors may append to it. */
async function isWholeJpeg(file: FileBytes): Promise<boolean> {
  let at = 2;
  for (;;) {
    const head = await file.read(at, 4);
    if (head.length < 2 || head[0] !== MARKER) return false;
    const code = head[1] ?? 0;
    if (code === END_OF_IMAGE) return true;
    if (code === MARKER) at += 1;
    else if (head.length < 4) return false;
    else {
      at += 2 + head.readUInt16BE(2);
      if (code === START_OF_SCAN) at = await endOfScan(file, at);
    }
  }
}

/** Where the scan's data ends: at the first marker that is none of its own. */
async function endOfScan(file: FileBytes, start: number): Promise<number> {
  let at = start;
  while (at + 1 < file.size) {
    const piece = await file.read(at, PIECE_BYTES);
    let marker = piece.indexOf(MARKER);
    while (marker >= 0 && marker + 1 < piece.length && isPartOfScan(piece[marker + 1] ?? 0))
      marker = piece.indexOf(MARKER, marker + 2);
    if (marker >= 0 && marker + 1 < piece.length) return at + marker;
    // A marker may be cut in two by the end of the piece.
    at += marker >= 0 && marker > 0 ? marker : piece.length;
  }
  return file.size;
}

const GIF_HEADER_BYTES = 13;
const GIF_IMAGE = 0x2c;
const GIF_EXTENSION = 0x21;
const GIF_TRAILER = 0x3b;
const GIF_DESCRIPTOR_BYTES = 10;

/** Blocks up to the trailer. */
async function isWholeGif(file: FileBytes): Promise<boolean> {
  const header = await file.read(0, GIF_HEADER_BYTES);
  if (header.length < GIF_HEADER_BYTES) return false;
  for (let at = GIF_HEADER_BYTES + colourTableBytes(header[10]); at < file.size;) {
    const [kind] = await file.read(at, 1);
    if (kind === GIF_TRAILER) return true;
    if (kind === GIF_EXTENSION) at = await endOfSubBlocks(file, at + 2);
    else if (kind === GIF_IMAGE) {
      const descriptor = await file.read(at, GIF_DESCRIPTOR_BYTES);
      // Behind the colours, one byte says how they are packed.
      at = await endOfSubBlocks(file, at + GIF_DESCRIPTOR_BYTES + colourTableBytes(descriptor[9]) + 1);
    } else return false;
  }
  return false;
}

function colourTableBytes(flags = 0): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

async function endOfSubBlocks(file: FileBytes, start: number): Promise<number> {
  for (let at = start; ;) {
    const [length] = await file.read(at, 1);
    if (!length) return at + 1;
    at += length + 1;
  }
}

const RIFF_HEADER_BYTES = 8;
const CHUNK_HEADER_BYTES = 8;
const RIFF_NAME_BYTES = 4;

/** Chunks that fill the file, each with the length that it says. */
async function isWholeWebp(file: FileBytes): Promise<boolean> {
  const end = (await file.read(4, 4)).readUInt32LE(0) + RIFF_HEADER_BYTES;
  if (end > file.size || !(await isPadding(file, end))) return false;
  let at = RIFF_HEADER_BYTES + RIFF_NAME_BYTES;
  while (at + CHUNK_HEADER_BYTES <= end) {
    const length = (await file.read(at + 4, 4)).readUInt32LE(0);
    at += CHUNK_HEADER_BYTES + length + (length % 2);
  }
  // Some encoders leave the padding of the last chunk out.
  return at === end || at === end + 1;
}

/** Whether nothing follows but zeros, as some servers fill up a block. */
async function isPadding(file: FileBytes, start: number): Promise<boolean> {
  for (let at = start; at < file.size; at += PIECE_BYTES)
    if ((await file.read(at, PIECE_BYTES)).some((byte) => byte !== 0)) return false;
  return true;
}

const BOX_HEADER_BYTES = 8;
/** The length of a box that goes on to the end of the file, and of one whose length takes eight bytes. */
const TO_THE_END = 0;
const LONG = 1;

/** Boxes that fill the file (ISO base media file format). */
async function areBoxesWhole(file: FileBytes): Promise<boolean> {
  let at = 0;
  while (at < file.size) {
    const head = await file.read(at, 2 * BOX_HEADER_BYTES);
    if (head.length < BOX_HEADER_BYTES) return false;
    const length = head.readUInt32BE(0);
    if (length === TO_THE_END) return true;
    if (length === LONG && head.length < 2 * BOX_HEADER_BYTES) return false;
    const step = length === LONG ? Number(head.readBigUInt64BE(BOX_HEADER_BYTES)) : length;
    // A box that is shorter than its own header is none, and would be read for ever.
    if (step < BOX_HEADER_BYTES) return false;
    at += step;
  }
  return at === file.size;
}

const SVG_TAIL_BYTES = 4096;

/** An end tag; a root without content has none. */
async function hasSvgEnd(file: FileBytes): Promise<boolean> {
  const tail = (await file.read(Math.max(0, file.size - SVG_TAIL_BYTES), SVG_TAIL_BYTES)).toString('utf8');
  if (/<\/(?:[\w.-]{1,100}:)?svg\s{0,100}>/.test(tail)) return true;
  const root = tail.lastIndexOf('<');
  return /^<(?:[\w.-]{1,100}:)?svg[\s/]/.test(tail.slice(root)) && tail.slice(root).trimEnd().endsWith('/>');
}
