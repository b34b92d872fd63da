import { t } from '@vscode/l10n';
import * as v from 'valibot';

/** What an error answer says, whatever its shape. */
export interface ErrorFacts {
  readonly message: string;
  readonly code: string;
  /** The field of the request that is to blame. */
  readonly field: string;
  /** Models that the service has instead, the likeliest first. */
  readonly suggestions: readonly string[];
  /** In US dollars. */
  readonly balance?: number;
  readonly cost?: number;
  /** Set where the body is a web page, whose words are not those of the service. */
  readonly isPage?: true;
}

/** Enough of a title to know the page by. */
const MAX_TITLE_CHARACTERS = 80;

/** Deeper than this, nobody says anything. */
const MAX_DEPTH = 8;

const NOTHING: ErrorFacts = { message: '', code: '', field: '', suggestions: [] };

const text = v.fallback(v.string(), '');
const amount = v.fallback(
  v.optional(v.pipe(v.union([v.number(), v.string()]), v.transform(Number), v.finite())),
  undefined,
);
const id = v.union([
  v.string(),
  v.pipe(
    v.looseObject({ id: v.string() }),
    v.transform((model) => model.id),
  ),
]);
const ids = v.fallback(v.array(id), []);

const FACTS = v.looseObject({
  message: v.fallback(
    v.union([
      v.string(),
      v.pipe(
        v.array(v.string()),
        v.transform((lines) => lines.join(' ')),
      ),
    ]),
    '',
  ),
  msg: text,
  hint: text,
  code: v.fallback(v.pipe(v.union([v.string(), v.number()]), v.transform(String)), ''),
  type: text,
  param: text,
  did_you_mean: v.fallback(v.optional(id), undefined),
  suggestions: ids,
  alternatives: ids,
  balance_usd: amount,
  estimated_cost_usd: amount,
});

/**
 * Where a body may hold its error: most have `error`, others `errors`, `detail` (a text or a list) or the words
 * themselves.
 */
const HOLDERS = ['error', 'errors', 'detail', 'details'] as const;

/**
 * Reads an error body of any shape that services are known to send: an object, a nested one, a list, a text, a web
 * page, nothing.
 */
export function readErrorFacts(body: unknown, depth = 0): ErrorFacts {
  if (depth > MAX_DEPTH) return NOTHING;
  if (typeof body === 'string') {
    const title = pageTitle(body);
    return title ? { ...NOTHING, message: title, isPage: true } : { ...NOTHING, message: body };
  }
  if (Array.isArray(body)) return readErrorFacts(body[0] ?? '', depth + 1);
  const parsed = v.safeParse(FACTS, body);
  if (!parsed.success) return NOTHING;
  const own = parsed.output;
  const facts: ErrorFacts = {
    message: [own.message || own.msg, own.hint].filter(Boolean).join(' '),
    code: own.code || own.type,
    field: own.param,
    suggestions: [...new Set([own.did_you_mean ?? [], own.suggestions, own.alternatives].flat())],
    balance: own.balance_usd,
    cost: own.estimated_cost_usd,
  };
  return HOLDERS.filter((name) => Boolean(own[name])).reduce(
    (outer, name) => merge(readErrorFacts(own[name], depth + 1), outer),
    facts,
  );
}

/** Whether a body tells of an error, whatever its status: some gateways answer 200 to everything. */
export function isErrorBody(body: unknown): boolean {
  const parsed = v.safeParse(v.looseObject({ error: v.unknown() }), body);
  return parsed.success && Boolean(parsed.output.error);
}

/** The title of a web page, which a gateway sends where JSON is expected; undefined for a text that is none. */
export function pageTitle(body: string): string | undefined {
  if (!/^\s*(?:\ufeff)?\s*<(?:!doctype|html|head|\?xml)/i.test(body)) return undefined;
  const title = /<title[^>]*>([^<]*)/i.exec(body)?.[1]?.replace(/\s+/g, ' ').trim() ?? '';
  if (!title) return t('a web page');
  return t('a web page, “{title}”', {
    title: title.length > MAX_TITLE_CHARACTERS ? `${title.slice(0, MAX_TITLE_CHARACTERS)}…` : title,
  });
}

/** What is further inside is closer to the matter. */
function merge(inner: ErrorFacts, outer: ErrorFacts): ErrorFacts {
  return {
    message: inner.message || outer.message,
    code: inner.code || outer.code,
    field: inner.field || outer.field,
    suggestions: inner.suggestions.length > 0 ? inner.suggestions : outer.suggestions,
    balance: inner.balance ?? outer.balance,
    cost: inner.cost ?? outer.cost,
  };
}
