import { t } from '@vscode/l10n';
import * as v from 'valibot';

/** What an error answer says, whatever its shape. */
export interface ErrorFacts {
  readonly message: string;
  readonly code: string;
  /** The field of the request that is to blame. */
  readonly field: string;
  /** Whether that field, and not its value, is what the service does not take. */
  readonly isUnknownField?: true;
  /** What it would take instead, by the service's own words. */
  readonly allowed?: readonly string[];
  /** What a filter has stopped, and when: `input`, `output` or `unknown`. */
  readonly moderation?: { readonly stage: string; readonly categories: readonly string[] };
  /** The service's own name for the request. */
  readonly traceId?: string;
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
const texts = v.fallback(v.array(v.string()), []);

/** Names under which services tell what went wrong, and under which they give it a code; the first that is there counts. */
const MESSAGE_NAMES = [
  'msg',
  'error_msg',
  'error_message',
  'errorMessage',
  'status_msg',
  'fail_reason',
  'failReason',
  'failure_reason',
  'failMsg',
  'fail_msg',
  'task_status_msg',
  'reason',
  'raw',
  'title',
  'html-message',
] as const;
const CODE_NAMES = ['code', 'error_code', 'errorCode', 'status_code', 'failCode', 'fail_code'] as const;

/** Codes and words with which services say that all is well. */
const ALL_WELL: ReadonlySet<string> = new Set(['0', '1', '22', '200', '1000', '10000', 'ok', 'success', 'succeeded']);
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
  hint: text,
  /** Of problem+json (RFC 9457), an address that is often no more than `about:blank`. */
  type: v.pipe(
    text,
    v.transform((type) => (/^(?:about:|https?:)/.test(type) ? '' : type)),
  ),
  param: text,
  did_you_mean: v.fallback(v.optional(id), undefined),
  suggestions: ids,
  alternatives: ids,
  balance_usd: amount,
  estimated_cost_usd: amount,
  trace_id: text,
  /** TokenLab's hints. */
  supported_parameters: texts,
  allowed_resolutions: texts,
  allowed_aspect_ratios: texts,
  validation_errors: v.fallback(v.array(v.looseObject({ field: text, message: text })), []),
  /** OpenAI's filter. */
  moderation_details: v.fallback(v.optional(v.looseObject({ moderation_stage: text, categories: texts })), undefined),
  /** FastAPI's way to a field, behind `body`. */
  loc: v.fallback(v.array(v.union([v.string(), v.number()])), []),
});

/** Words with which services refuse a field that they do not know, and its name behind them. */
const UNKNOWN_FIELD =
  /(?:unknown|unsupported|unrecognized|unexpected) (?:parameter|(?:request )?argument|field)(?: supplied)?:? ?(?!value)['"`]?([\w.]{1,60})/i;
const EXTRA_FIELD = /extra (?:inputs are|fields?) not permitted/i;

/**
 * Where a body may hold its error: most have `error`, others `errors`, `detail` (a text or a list), `base_resp` or the
 * words themselves.
 */
const HOLDERS = ['error', 'errors', 'detail', 'details', 'metadata', 'base_resp'] as const;

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
  const [invalid] = own.validation_errors;
  const said = own.message || firstText(own, MESSAGE_NAMES);
  const words = ALL_WELL.has(said.toLowerCase()) ? '' : said;
  const [named] = fieldErrors(own.errors);
  const unknownField = UNKNOWN_FIELD.exec(said)?.[1];
  const facts: ErrorFacts = {
    message: [named?.message ?? words, own.hint, invalid?.message].filter(Boolean).join(' '),
    code: firstText(own, CODE_NAMES) || own.type,
    field: own.param || unknownField || invalid?.field || named?.field || fieldAt(own.loc),
    ...((unknownField !== undefined || EXTRA_FIELD.test(said)) && { isUnknownField: true }),
    allowed: [own.allowed_resolutions, own.allowed_aspect_ratios, own.supported_parameters].find(
      (list) => list.length > 0,
    ),
    moderation: own.moderation_details && {
      stage: own.moderation_details.moderation_stage || 'unknown',
      categories: own.moderation_details.categories,
    },
    traceId: own.trace_id || undefined,
    suggestions: [...new Set([own.did_you_mean ?? [], own.suggestions, own.alternatives].flat())],
    balance: own.balance_usd,
    cost: own.estimated_cost_usd,
  };
  return HOLDERS.filter((name) => Boolean(own[name])).reduce(
    (outer, name) => merge(readErrorFacts(own[name], depth + 1), outer),
    facts,
  );
}

/** First of several fields that holds words, or a number. */
function firstText(body: Readonly<Record<string, unknown>>, names: readonly string[]): string {
  const values = names.map((name) => body[name]).map((value) => (typeof value === 'number' ? String(value) : value));
  return values.find((value): value is string => typeof value === 'string' && value !== '') ?? '';
}

function fieldAt(loc: readonly (string | number)[]): string {
  return loc[0] === 'body' ? loc.slice(1).join('.') : '';
}

const NO_ERROR = v.looseObject({
  code: v.nullish(v.union([v.literal(0), v.literal('0'), v.literal('')])),
  message: v.nullish(v.literal('')),
  type: v.nullish(v.literal('')),
});

const FIELD_ERRORS = v.record(v.string(), v.pipe(v.array(v.string()), v.minLength(1)));

/** Errors by field, as ASP.NET tells them: `{"OutputFormat": ["…"]}`. */
function fieldErrors(errors: unknown): { readonly field: string; readonly message: string }[] {
  const parsed = v.safeParse(FIELD_ERRORS, errors);
  if (!parsed.success || Array.isArray(errors)) return [];
  return Object.entries(parsed.output).map(([field, [message = '']]) => ({
    field: field.replace(/(?<=[a-z])[A-Z]/g, '_$&').toLowerCase(),
    message,
  }));
}

/** Whether a body tells of an error, whatever its status: some gateways answer 200 to everything. */
export function isErrorBody(body: unknown): boolean {
  const parsed = v.safeParse(v.looseObject({ error: v.unknown() }), body);
  if (!parsed.success || !parsed.output.error) return false;
  // Some keep the field, and say in it that there is none.
  const nothing = v.safeParse(NO_ERROR, parsed.output.error);
  return !nothing.success;
}

const code = v.fallback(
  v.optional(
    v.pipe(
      v.union([v.string(), v.number()]),
      v.transform((value) => String(value).toLowerCase()),
    ),
  ),
  undefined,
);
const REFUSAL = v.looseObject({
  success: v.fallback(v.optional(v.boolean()), undefined),
  errors: v.optional(v.unknown()),
  code,
  error_code: code,
  error_msg: text,
  msg: text,
  message: text,
  detail: v.optional(v.unknown()),
  base_resp: v.fallback(v.optional(v.looseObject({ status_code: code })), undefined),
});

/**
 * Whether an answer without an image, whatever its status, says why there is none. To be asked only of such answers:
 * others have codes and messages too.
 */
export function isRefusal(body: unknown): boolean {
  if (isErrorBody(body)) return true;
  const parsed = v.safeParse(REFUSAL, body);
  if (!parsed.success) return false;
  const { success, errors, error_code, error_msg, msg, message, detail, base_resp } = parsed.output;
  const isBad = (value: string | undefined): boolean => value !== undefined && value !== '' && !ALL_WELL.has(value);
  return (
    success === false ||
    hasContent(errors) ||
    error_msg !== '' ||
    isBad(error_code) ||
    isBad(base_resp?.status_code) ||
    (isBad(parsed.output.code) && (msg !== '' || message !== '')) ||
    (typeof detail === 'string' && detail !== '')
  );
}

/** Whether a value is a list or an object with something in it. */
function hasContent(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
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
    ...((inner.isUnknownField ?? outer.isUnknownField) && { isUnknownField: true }),
    allowed: inner.allowed ?? outer.allowed,
    moderation: inner.moderation ?? outer.moderation,
    traceId: inner.traceId ?? outer.traceId,
    suggestions: inner.suggestions.length > 0 ? inner.suggestions : outer.suggestions,
    balance: inner.balance ?? outer.balance,
    cost: inner.cost ?? outer.cost,
  };
}
