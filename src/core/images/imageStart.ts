/** First bytes of the rasters that we save, as latin1; a dot stands for any byte. */
const STARTS: readonly string[] = [
  '\x89PNG\r\n\x1a\n',
  '\xff\xd8\xff',
  'GIF87a',
  'GIF89a',
  'RIFF....WEBP',
  '....ftypavif',
  '....ftypavis',
];

/** So many bytes tell whether an image begins here. */
export const START_BYTES = 12;

/** Whether bytes begin as a raster image does. */
export function startsAsImage(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, START_BYTES)).toString('latin1');
  return STARTS.some(
    (known) =>
      start.length >= known.length &&
      Array.from(known).every((character, at) => character === '.' || character === start[at]),
  );
}
