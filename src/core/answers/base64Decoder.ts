/** Characters of four that make three bytes. */
const GROUP = 4;
const NOT_BASE64 = /[^A-Za-z0-9+/_-]+/g;

/** Decodes base64 that arrives in pieces, cut anywhere; line breaks and padding are skipped. */
export class Base64Decoder {
  #rest = '';

  /** The bytes that are complete with this piece. */
  push(piece: string): Buffer {
    const text = this.#rest + piece;
    const length = text.length - (text.length % GROUP);
    const decoded = Buffer.from(text.slice(0, length), 'base64');
    if (decoded.length === (length / GROUP) * 3) {
      this.#rest = text.slice(length);
      return decoded;
    }
    // Something else stands among the characters and shifts the groups: without it, once more.
    const clean = text.replace(NOT_BASE64, '');
    const cleanLength = clean.length - (clean.length % GROUP);
    this.#rest = clean.slice(cleanLength);
    return Buffer.from(clean.slice(0, cleanLength), 'base64');
  }

  /** The bytes of the last, incomplete group. */
  end(): Buffer {
    const last = Buffer.from(this.#rest, 'base64');
    this.#rest = '';
    return last;
  }
}
