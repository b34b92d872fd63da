import { createParser } from 'eventsource-parser';
import * as v from 'valibot';
import { parseJson } from '../http/readText';
import { isErrorBody } from './errorFacts';
import type { AnsweredImage } from './answer';
import { parseAnswer, type AnswerContext } from './parseAnswer';
import type { Usage } from '../catalog/usage';
import { addUsage } from './usage';

const QUOTED = /"([^"\\]{1,200})"/g;

const EVENT = v.looseObject({
  type: v.fallback(v.string(), ''),
  b64_json: v.fallback(v.string(), ''),
  partial_image_index: v.fallback(v.number(), 0),
  data: v.optional(v.unknown()),
  usage: v.optional(v.unknown()),
  svg_usage: v.optional(v.unknown()),
});

/** The preview of an event: its text, or the token of it. */
export interface StreamedPreview {
  readonly index: number;
  readonly text: string;
}

/** Collects what server-sent events bring. Only `completed` events, and whole answers, bring images. */
export class EventStream {
  readonly images: AnsweredImage[] = [];
  /** Those that were not taken yet. */
  readonly previews: StreamedPreview[] = [];
  usage: Usage | undefined;
  /** The body of an error event. */
  error: unknown;
  /** Set when the service says that nothing more will come. */
  isDone = false;

  readonly #parser = createParser({ onEvent: ({ event, data }) => this.take(event, data) });

  constructor(private readonly find: AnswerContext['find']) {}

  feed(text: string): void {
    this.#parser.feed(text);
  }

  /** The last event may lack its blank line. */
  end(): void {
    this.#parser.feed('\n\n');
  }

  private take(name: string | undefined, data: string): void {
    if (this.isDone) return;
    if (data.trim() === '[DONE]') {
      this.isDone = true;
      return;
    }
    const body = parseJson(data);
    const parsed = v.safeParse(EVENT, body);
    if (!parsed.success) {
      if (name === 'error') this.error = body;
      else this.rescue(name, data);
      return;
    }
    const type = parsed.output.type || name || '';
    if (type.endsWith('.partial_image')) {
      if (parsed.output.b64_json)
        this.previews.push({ index: parsed.output.partial_image_index, text: parsed.output.b64_json });
    } else if (type === 'error' || isErrorBody(body)) {
      this.error = body;
    } else if (type.endsWith('.completed') || Array.isArray(parsed.output.data)) {
      this.complete(
        Array.isArray(parsed.output.data)
          ? body
          : { data: [body], usage: parsed.output.usage, svg_usage: parsed.output.svg_usage },
      );
    }
  }

  /** An event that was cut short behind the end of its image. */
  private rescue(name: string | undefined, data: string): void {
    if (!name?.endsWith('.completed') && !data.includes('.completed"')) return;
    for (const [, text = ''] of data.matchAll(QUOTED)) {
      const file = this.find?.(text);
      if (file) this.images.push({ source: { kind: 'staged', file } });
    }
  }

  private complete(body: unknown): void {
    const answer = parseAnswer(body, { find: this.find });
    if (answer?.state !== 'images') return;
    this.images.push(...answer.images);
    this.usage = addUsage(this.usage, answer.usage);
  }
}
