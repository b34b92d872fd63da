/** Characters of four that make three bytes. */
const GROUP = 4;
const NOT_BASE64 = /[^A-Za-z0-9+/_-]+/g;

/** The room that a piece needs at most, with what was left of the one before it. */
export function decodedLength(piece: string): number {
  return Math.ceil(((piece.length + GROUP) * 3) / GROUP);
}

/** Decodes base64 that arrives in pieces, cut anywhere; line breaks and padding are skipped. */
export class Base64Decoder {
  #rest = '';

  /** Writes the bytes that are complete with this piece to `target` from `at` on. @returns how many */
  push(piece: string, target: Buffer, at: number): number {
    const text = this.#rest + piece;
    const length = text.length - (text.length % GROUP);
    const written = target.write(text.slice(0, length), at, 'base64');
    if (written === (length / GROUP) * 3) {
      this.#rest = text.slice(length);
      return written;
    }
    // Something else stands among the characters and shifts the groups: without it, once more.
    const clean = text.replace(NOT_BASE64, '');
    const cleanLength = clean.length - (clean.length % GROUP);
    this.#rest = clean.slice(cleanLength);
    return target.write(clean.slice(0, cleanLength), at, 'base64');
  }

  /** Writes the bytes of the last, incomplete group. @returns how many */
  end(target: Buffer, at: number): number {
    const written = target.write(this.#rest, at, 'base64');
    this.#rest = '';
    return written;
  }
}
