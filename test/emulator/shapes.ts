import type { ApiAnswer } from './generations';
import { oddAnswer } from './oddShapes';
import type { Shape } from './state';

/** One server-sent event of an images API. */
export interface StreamEvent {
  readonly type: string;
  readonly b64_json?: string;
  readonly [field: string]: unknown;
}

export interface Content {
  /** Absent: the answer has none. */
  readonly type?: string;
  readonly body: string | Buffer;
}

type Item = Readonly<{ b64_json?: string; url?: string }>;

/** Changes the images of an answer; what is not here leaves them as they are. */
const ITEMS: Readonly<Partial<Record<Shape, (item: Item) => unknown>>> = {
  texts: ({ url, b64_json }) => url ?? b64_json,
  dataUrl: ({ url, b64_json }) => (b64_json ? { url: `data:image/png;base64,${b64_json}` } : { url }),
  both: (item) => ({ url: 'https://nowhere.invalid/a.png', ...item }),
  nulls: (item) => ({ url: null, b64_json: null, revised_prompt: null, ...item, seed: 7 }),
  text: () => ({ b64_json: Buffer.from('The picture is on its way. '.repeat(200)).toString('base64') }),
  half: ({ b64_json = '' }) => ({ b64_json: b64_json.slice(0, b64_json.length / 2) }),
};

/** An answer as it goes over the wire. */
export function shapeAnswer(
  { body, events }: ApiAnswer,
  shape: Shape | undefined,
  publish: (image: Buffer) => string,
): Content {
  if (events && shape !== 'plain')
    return { type: 'text/event-stream; charset=utf-8', body: writeEvents(events, shape) };
  const type = 'application/json';
  const { data } = body as { data?: readonly Item[] };
  if (!data || !shape) return { type, body: JSON.stringify(body) };
  const odd = oddAnswer(shape);
  if (odd)
    return odd(data.map(({ b64_json: base64 = '' }) => ({ base64, url: publish(Buffer.from(base64, 'base64')) })));
  if (shape === 'bare') return { type: 'image/png', body: Buffer.from(data[0]?.b64_json ?? '', 'base64') };
  if (shape === 'none' || shape === 'empty')
    return { type, body: JSON.stringify({ created: 1, ...(shape === 'empty' && { data: [] }) }) };
  if (shape === 'elsewhere')
    return {
      type,
      body: JSON.stringify({ code: 22, msg: 'done', result: { image: data[0]?.b64_json, format: 'png' } }),
    };
  const items = shape === 'single' ? data.slice(0, 1) : data.map(ITEMS[shape] ?? ((item) => item));
  const text = JSON.stringify({
    ...body,
    data: items,
    ...(shape === 'nulls' && { created: 0, usage: null, extra: { deep: [1] } }),
  });
  return { type, body: shape === 'escaped' ? text.replaceAll('/', '\\/') : text };
}

function writeEvents(events: readonly StreamEvent[], shape: Shape | undefined): string {
  const firstDone = events.findIndex(({ type }) => type.endsWith('.completed'));
  const kept = shape === 'errorEvent' || shape === 'endedEvents' ? events.slice(0, firstDone + 1) : events;
  const lines = kept.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  if (shape === 'errorEvent')
    lines.push(
      'event: error\ndata: {"type":"error","error":{"code":"moderation_blocked","message":"Rejected by the safety system."}}\n\n',
    );
  if (shape !== 'events') return lines.join('');
  const ends = ['\r\n', '\r', '\n'];
  const mixed = lines.map((line, index) =>
    `: it's "fine"\n${line}`.replaceAll('\n', ends[index % ends.length] ?? '\n'),
  );
  return `\ufeff${mixed.join('')}`.trimEnd();
}
