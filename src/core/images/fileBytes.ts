import type { FileHandle } from 'node:fs/promises';

/** Bytes of a file, read where they are wanted. */
export interface FileBytes {
  readonly size: number;
  /** Bytes from a place on: as many as asked for, or up to the end of the file. The next call may write over them. */
  read(at: number, length: number): Promise<Buffer>;
}

/** So much is read at once: the headers within an image are small, and close to each other. */
const WINDOW_BYTES = 256 * 1024;

/** Bytes of an open file, a window at a time: memory does not grow with the file. */
export function fileBytes(handle: FileHandle, size: number): FileBytes {
  let window = Buffer.alloc(0);
  let start = 0;
  return {
    size,
    async read(at, length) {
      const end = Math.min(at + length, size);
      if (at >= end) return Buffer.alloc(0);
      if (at < start || end > start + window.length) {
        window = Buffer.alloc(Math.min(Math.max(WINDOW_BYTES, end - at), size - at));
        const { bytesRead } = await handle.read(window, 0, window.length, at);
        window = window.subarray(0, bytesRead);
        start = at;
      }
      return window.subarray(at - start, end - start);
    },
  };
}
