/** The first and the last bytes of a file, and how many it has. */
export interface FileEnds {
  readonly head: Buffer;
  readonly tail: Buffer;
  readonly bytes: number;
}

const RIFF_HEADER_BYTES = 8;

/** How each kind of image ends, or says how long it is. */
const CHECKS: Readonly<Record<string, (file: FileEnds) => boolean>> = {
  png: ({ tail }) => tail.includes('IEND', 0, 'latin1'),
  // Cameras and editors may append to a JPEG.
  jpg: ({ tail }) => tail.includes(Buffer.from([0xff, 0xd9])),
  // An encoder may pad it with zeros.
  gif: ({ tail }) => /\x3b\0*$/.test(tail.toString('latin1')),
  webp: ({ head, bytes }) => bytes >= head.readUInt32LE(4) + RIFF_HEADER_BYTES,
  avif: ({ head, bytes }) => boxesEnd(head) <= bytes,
  svg: ({ tail }) => /<\/svg\s*>|^[^<]*(?:<[?!][^>]*>\s*)*<svg[^>]*\/>\s*$/.test(tail.toString('utf8')),
};

const BOX_HEADER_BYTES = 8;
/** The length of a box that goes on to the end of the file, and of one whose length takes eight bytes. */
const TO_THE_END = 0;
const LONG = 1;

/** Where the last box ends whose header is at hand, by its own word (ISO base media file format). */
function boxesEnd(head: Buffer): number {
  let at = 0;
  while (at + 2 * BOX_HEADER_BYTES <= head.length) {
    const length = head.readUInt32BE(at);
    if (length === TO_THE_END) return at;
    const step = length === LONG ? Number(head.readBigUInt64BE(at + BOX_HEADER_BYTES)) : length;
    // A box that is shorter than its own header is none, and would be read for ever.
    if (step < BOX_HEADER_BYTES) return Infinity;
    at += step;
  }
  return at;
}

/** Whether an image has its end. A kind that tells nothing of its end counts as whole. */
export function isWhole(extension: string, file: FileEnds): boolean {
  return CHECKS[extension]?.(file) ?? true;
}
