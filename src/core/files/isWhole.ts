/** The first and the last bytes of a file, and how many it has. */
export interface FileEnds {
  readonly head: Buffer;
  readonly tail: Buffer;
  readonly bytes: number;
}

const RIFF_HEADER_BYTES = 8;

/** How each kind of picture ends, or says how long it is. */
const CHECKS: Readonly<Record<string, (file: FileEnds) => boolean>> = {
  png: ({ tail }) => tail.includes('IEND', 0, 'latin1'),
  // Cameras and editors may append to a JPEG.
  jpg: ({ tail }) => tail.includes(Buffer.from([0xff, 0xd9])),
  // An encoder may pad it with zeros.
  gif: ({ tail }) => /\x3b\0*$/.test(tail.toString('latin1')),
  webp: ({ head, bytes }) => bytes >= head.readUInt32LE(4) + RIFF_HEADER_BYTES,
  svg: ({ tail }) => /<\/svg\s*>|\/>\s*$/.test(tail.toString('utf8')),
};

/** Whether a picture has its end. A kind that tells nothing of its end counts as whole. */
export function isWhole(extension: string, file: FileEnds): boolean {
  return CHECKS[extension]?.(file) ?? true;
}
