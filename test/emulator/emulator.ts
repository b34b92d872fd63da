import { randomUUID } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { cometList, DIALECTS, type Dialect, type DialectName } from './dialects';
import { SERVICE_ERRORS } from './errors';
import { sendFault } from './faults';
import { answerGeneration, cdnName } from './generations';
import { shapeAnswer } from './shapes';
import { EmulatorState, type Fault, type LoggedRequest, type TaskPlan } from './state';
import { answerPoll, startTask } from './tasks';

export interface EmulatorOptions {
  /** 0 for any free port. */
  readonly port?: number;
  /** Key and certificate in PEM: the API speaks TLS then, the CDN too. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** The name under which clients know both servers; `127.0.0.1` by default. */
  readonly hostname?: string;
}

/** The services on this machine: an API with all dialects, and a CDN of another origin. */
export interface Emulator {
  readonly state: EmulatorState;
  readonly origin: string;
  readonly cdnOrigin: string;
  readonly port: number;
  readonly cdnPort: number;
  baseUrl(name: DialectName): string;
  /** Every image that the CDN has, by its name there. */
  readonly images: ReadonlyMap<string, Buffer>;
  /** Both servers are gone, and nothing listens on their ports, until `listenAgain`. Nothing is forgotten. */
  close(): Promise<void>;
  listenAgain(): Promise<void>;
}

/** Starts both servers on the loopback interface. */
export async function startEmulator({
  port = 0,
  tls,
  hostname = '127.0.0.1',
}: EmulatorOptions = {}): Promise<Emulator> {
  const state = new EmulatorState();
  const images = new Map<string, Buffer>();
  let leaks = 0;
  const scheme = tls ? 'https' : 'http';
  const create = (handler: http.RequestListener): http.Server =>
    tls ? https.createServer(tls, handler) : http.createServer(handler);
  const api = create((request, response) => void serveApi(request, response));
  const cdn = create((request, response) => serveCdn(request, response));
  const [apiPort, cdnPort] = [await listen(api, port), await listen(cdn, port && port + 1)];
  const origin = `${scheme}://${hostname}:${apiPort}`;
  const cdnOrigin = `${scheme}://${hostname}:${cdnPort}`;

  async function serveApi(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', origin);
    const text = await readAll(request);
    if (path.startsWith('/__')) return control(path, text, response);
    const body = parseJson(text);
    const logged = log('api', request, response, body);
    if (path === '/cometapi/api/models') {
      const page = cometList(Number(searchParams.get('page') ?? 1));
      const fault = state.takeFault('models');
      if (fault?.kind === 'hold') await state.hold();
      else if (fault) return sendFault(response, fault, JSON.stringify(page));
      return sendJson(response, 200, page);
    }
    const dialect = Object.values(DIALECTS).find(({ prefix }) => path.startsWith(`${prefix}/`));
    response.setHeader('x-request-id', `req_${randomUUID()}`);
    if (!dialect) return sendJson(response, 404, { error: { message: 'no such address', code: 'not_found' } });
    if (dialect.key && request.headers.authorization !== `Bearer ${dialect.key}`) {
      const sent = request.headers.authorization?.replace('Bearer ', '') ?? '';
      return sendJson(response, 401, dialect.error(401, 'invalid_api_key', `Incorrect API key provided: ${sent}.`));
    }
    const modelsFault = path === `${dialect.prefix}/models` ? state.takeFault('models') : undefined;
    if (modelsFault?.kind === 'hold') await state.hold();
    else if (modelsFault) return sendFault(response, modelsFault, '{"data":[]}');
    if (path === `${dialect.prefix}/models` && dialect.listsModels !== false)
      return sendJson(response, 200, {
        object: 'list',
        data: [...Object.keys(dialect.models), ...(dialect.otherModels ?? [])]
          .map((id): Record<string, unknown> => ({
            id,
            object: 'model',
            created: 1,
            owned_by: 'emulator',
            ...dialect.listed?.[id],
          }))
          .filter(({ tokenlab }) => {
            const category = searchParams.get('category');
            return category === null || (tokenlab as { category?: string } | undefined)?.category === category;
          }),
      });
    const poll = answerPoll(state, dialect, request.method ?? '', path, body);
    const pollFault = poll && state.takeFault('poll');
    if (pollFault) return sendFault(response, pollFault, JSON.stringify(poll.body));
    if (poll) return sendJson(response, poll.status, poll.body);
    if (path !== `${dialect.prefix}/images/generations` || request.method !== 'POST')
      return sendJson(response, 404, dialect.error(404, 'not_found', 'no such address'));
    const fault =
      (parseJson(String(request.headers['x-emulator-fault'])) as Fault | undefined) ?? state.takeFault('api');
    if (fault?.kind === 'status' || fault?.kind === 'hangUp') return sendFault(response, fault);
    if (fault?.kind === 'error') return sendError(dialect, fault.code ?? '', response);
    state.mostAtOnce = Math.max(state.mostAtOnce, ++state.working);
    response.once('close', () => state.working--);
    await generate(dialect, body, response, fault, logged);
  }

  async function generate(
    dialect: Dialect,
    body: unknown,
    response: http.ServerResponse,
    fault: Fault | undefined,
    logged: LoggedRequest,
  ): Promise<void> {
    const fields = isObject(body) ? body : {};
    const publish = (bytes: Buffer, extension: string): string => {
      const name = cdnName(extension);
      images.set(name, bytes);
      return `${cdnOrigin}/${name}`;
    };
    const finished = await answerGeneration(dialect, fields, publish);
    const answer = finished.taskPath ? startTask(state, dialect, finished, finished.taskPath, fields) : finished;
    if (answer.billed && !logged.aborted) {
      state.ledger.push({
        dialect: dialect.prefix,
        model: String(fields.model),
        prompt: String(fields.prompt),
        n: answer.billed,
      });
    }
    if (fault?.kind === 'hold') await state.hold();
    const shape = fault?.kind === 'shape' ? fault.shape : undefined;
    const content = shapeAnswer(answer, shape, (bytes) => publish(bytes, 'png'));
    if (content.type) response.setHeader('content-type', content.type);
    if (fault && fault.kind !== 'hold' && !shape) sendFault(response, fault, content.body);
    else if (shape === 'openEnd') response.writeHead(answer.status).write(content.body);
    else response.writeHead(answer.status).end(content.body);
  }

  function serveCdn(request: http.IncomingMessage, response: http.ServerResponse): void {
    log('cdn', request, response, undefined);
    const fault = state.takeFault('cdn');
    const image = images.get(decodeURIComponent((request.url ?? '').slice(1)));
    if (JSON.stringify([request.headers, request.url]).includes('emulator-')) leaks++;
    if (request.headers.authorization) return sendJson(response, 400, { error: 'a key has no business here' });
    if (fault) return sendFault(response, fault, image);
    if (!image) return sendJson(response, 404, { error: 'no such picture' });
    // As image hosts do, the type is not always the truth.
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': image.length }).end(image);
  }

  function control(path: string, text: string, response: http.ServerResponse): void {
    if (path === '/__faults') state.faults.push(parseJson(text) as Fault);
    if (path === '/__release') state.release();
    if (path === '/__tasks') state.plan = parseJson(text) as TaskPlan;
    if (path === '/__reset') state.reset();
    const { ledger, requests, faults, mostAtOnce } = state;
    sendJson(response, 200, { ledger, requests, faults, mostAtOnce });
  }

  function log(
    server: LoggedRequest['server'],
    request: http.IncomingMessage,
    response: http.ServerResponse,
    body: unknown,
  ): LoggedRequest {
    const entry: LoggedRequest = {
      server,
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body,
      aborted: false,
      answered: false,
    };
    response.on('close', () => {
      entry.answered = response.writableFinished;
      entry.aborted = !entry.answered;
    });
    state.requests.push(entry);
    return entry;
  }

  return {
    state,
    origin,
    cdnOrigin,
    port: apiPort,
    cdnPort,
    baseUrl: (name) => origin + DIALECTS[name].prefix,
    images,
    async listenAgain() {
      await listen(api, apiPort);
      await listen(cdn, cdnPort);
    },
    async close() {
      for (const server of [api, cdn]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      if (leaks > 0) throw new Error('a key was sent to the CDN');
    },
  };
}

/** An error of the service's own, with its hints where it gives them. */
function sendError(dialect: Dialect, code: string, response: http.ServerResponse): void {
  const name = (Object.keys(DIALECTS) as DialectName[]).find((candidate) => DIALECTS[candidate] === dialect) ?? 'open';
  const error = SERVICE_ERRORS[name][code];
  if (!error) return sendJson(response, 500, { error: { message: `the emulator's ${name} has no error ${code}` } });
  const body = dialect.error(error.status, code, error.message, error.param) as { error: object };
  for (const [header, value] of Object.entries(error.headers ?? {})) response.setHeader(header, value);
  sendJson(response, error.status, { ...body, error: { ...body.error, ...error.hints } });
}

async function listen(server: http.Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function readAll(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function sendJson(response: http.ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
