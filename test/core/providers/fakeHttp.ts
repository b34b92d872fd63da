import { HttpClient, type HttpRequest } from '../../../src/core/http/httpClient';

/** An answer, or a failure of the network. */
export type FakeAnswer =
  Error | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown };

async function* piecesOf(text: string): AsyncGenerator<Buffer> {
  await Promise.resolve();
  yield Buffer.from(text);
}

/**
 * A network that gives one answer after the other, and keeps what was asked. A text is sent as it is, anything else as
 * JSON.
 */
export class FakeHttp {
  readonly asked: HttpRequest[] = [];
  readonly #answers: FakeAnswer[];

  constructor(...answers: readonly FakeAnswer[]) {
    this.#answers = [...answers];
  }

  readonly exchange: HttpClient['exchange'] = (request, read) => {
    this.asked.push(request);
    const answer = this.#answers.shift();
    if (!answer) throw new Error('asked once too often');
    if (answer instanceof Error) return Promise.reject(answer);
    const { status = 200, headers = {}, body = {} } = answer;
    return read({
      status,
      header: (name) => headers[name],
      body: piecesOf(typeof body === 'string' ? body : JSON.stringify(body)),
    });
  };

  /** For whoever takes the real one. */
  get client(): HttpClient {
    const client = new HttpClient({ useProxy: false, strictTls: true }, {});
    return Object.assign(client, { exchange: this.exchange });
  }
}
