import { t } from '@vscode/l10n';
import { fieldOfWireName } from '../../catalog/fields';
import type { Provider } from '../../catalog/providers';
import { PictorError, type RefusedField } from '../../errors';
import { readErrorFacts, type ErrorFacts } from '../../answers/errorFacts';
import { CLIENT_ERROR, ERROR_ROWS, SERVER_ERROR, TASK_ERROR, type ErrorRow } from './errorRows';

/** An answer that is an error. */
export interface ErrorAnswer {
  readonly status: number;
  /** Parsed JSON, or a text that is none. */
  readonly body: unknown;
  readonly requestId?: string;
  /** As it came, for a person to read. */
  readonly text?: string;
  /** The wait that the service asks for. */
  readonly retryAfterMs?: number;
  /** Whether the question costs nothing, whatever becomes of it. */
  readonly isFree?: boolean;
}

type Answering = Pick<Provider, 'id' | 'label' | 'addressSetting'>;

/** Longest sentence for a person: more does not fit into a notification. */
const MAX_MESSAGE_CHARACTERS = 300;
const MAX_CODE_CHARACTERS = 60;
const MAX_SUGGESTED_CHARACTERS = 90;

/** Whether an answer says that there is no credit: sending again cannot help. */
export function isOutOfCredit(body: unknown): boolean {
  const facts = readErrorFacts(body);
  return ERROR_ROWS.some((row) => row.kind === 'noCredit' && row.status !== 402 && fits(row, '', 429, facts));
}

/** Whether a service says that it does not have a task any more. */
export function isTaskGone(body: unknown): boolean {
  return readErrorFacts(body).code === 'async_task_not_found';
}

/** The error that an answer means: what happened, what the service says, and what to do, in at most 300 characters. */
export function errorFromAnswer(provider: Answering, answer: ErrorAnswer): PictorError {
  const facts = readErrorFacts(answer.body);
  const status = statusOf(answer, facts);
  const row =
    ERROR_ROWS.find((candidate) => fits(candidate, provider.id, answer.status, facts)) ??
    ERROR_ROWS.find((candidate) => fits(candidate, provider.id, status, facts)) ??
    (status >= 500 ? SERVER_ERROR : CLIENT_ERROR);
  return explain(provider, answer, facts, row);
}

/** Some answer 200 to everything, and tell in the body what the status should have been. */
function statusOf({ status }: ErrorAnswer, { code }: ErrorFacts): number {
  return status < 300 && /^[45]\d\d$/.test(code) ? Number(code) : status;
}

/** The error of an image that did not come beside others that did, from what stands in its place. */
export function errorFromItem(provider: Answering, item: unknown): PictorError {
  return errorFromTask(provider, item).with({ isTaskOver: undefined, answer: undefined });
}

/** The error of a task that failed, from what is said of it. The task itself may have been billed. */
export function errorFromTask(provider: Answering, body: unknown): PictorError {
  const facts = readErrorFacts(body);
  // The status is that of the question, and a service that fails with a task does answer.
  const row =
    ERROR_ROWS.find(
      (candidate) =>
        candidate.status === undefined && candidate.kind !== 'unavailable' && fits(candidate, provider.id, 0, facts),
    ) ?? TASK_ERROR;
  const error = explain(
    provider,
    { status: 0, body, text: typeof body === 'string' ? '' : JSON.stringify(body) },
    facts,
    row,
  );
  // Another question would bring the same answer.
  return error.with({ isTaskOver: true });
}

function explain(provider: Answering, answer: ErrorAnswer, facts: ErrorFacts, row: ErrorRow): PictorError {
  const { label, addressSetting = 'pictor.baseUrl' } = provider;
  const setting = row.kind === 'wrongAddress' ? addressSetting : settingOf(facts.field);
  const name = shorten(facts.code, MAX_CODE_CHARACTERS) || (answer.status ? String(answer.status) : '');
  const head = [
    `${label} ${row.sentence}`,
    row.kind === 'valueRefused' && setting && `(${setting})`,
    name && `(${name})`,
  ]
    .filter(Boolean)
    .join(' ');
  // Where there is no credit, waiting does not help, whatever else is said.
  const wait =
    answer.retryAfterMs === undefined || row.kind === 'noCredit'
      ? undefined
      : t('It asks to wait {seconds} s.', { seconds: Math.ceil(answer.retryAfterMs / 1000) });
  const advice = [
    amounts(facts),
    row.kind === 'unknownModel' && facts.suggestions.length > 0
      ? t('It suggests {words}.', {
          words: shorten(facts.suggestions.slice(0, 3).join(', '), MAX_SUGGESTED_CHARACTERS),
        })
      : '',
    facts.moderation && moderationText(facts.moderation),
    facts.allowed && t('It takes {words}.', { words: shorten(facts.allowed.join(', '), MAX_SUGGESTED_CHARACTERS) }),
    wait ?? row.advice?.replace('ADDRESS', addressSetting),
    (row.mayBeBilled ?? facts.moderation?.stage === 'output') && !answer.isFree
      ? t('The picture may have been made and billed all the same.')
      : '',
  ];
  return new PictorError(row.kind, sentence(head, facts.message, advice.filter(Boolean).join(' ')), {
    status: answer.status || undefined,
    requestId: answer.requestId ?? facts.traceId,
    retryAfterMs: row.kind === 'noCredit' ? undefined : answer.retryAfterMs,
    suggestions: facts.suggestions,
    setting,
    refusedField: row.kind === 'valueRefused' ? refusedField(facts) : undefined,
    answer: answer.text,
  });
}

function fits(
  row: ErrorRow,
  provider: string,
  status: number,
  { code, message, field, isPage, isUnknownField }: ErrorFacts,
): boolean {
  return (
    (row.provider === undefined || row.provider === provider) &&
    (row.status === undefined || [row.status].flat().includes(status)) &&
    (row.codes === undefined || row.codes.includes(code.toLowerCase())) &&
    (row.says === undefined || (!isPage && row.says.test(message))) &&
    (row.namesField === undefined || settingOf(field) !== undefined) &&
    (row.field === undefined || row.field === field) &&
    (row.isUnknownField === undefined || isUnknownField === true)
  );
}

/** The setting behind a field of the request. */
function settingOf(field: string): string | undefined {
  const name = field === 'model' ? field : fieldOfWireName(field);
  return name && `pictor.${name}`;
}

/** What of a refusal is worth remembering. */
function refusedField({ field, isUnknownField }: ErrorFacts): RefusedField | undefined {
  const name = fieldOfWireName(field);
  return name && { name, isUnknown: isUnknownField ?? false };
}

function moderationText({ stage, categories }: NonNullable<ErrorFacts['moderation']>): string {
  const what = categories.slice(0, 3).join(', ');
  const words = { input: t('the prompt'), output: t('the finished picture') };
  const where = Object.hasOwn(words, stage) ? words[stage as keyof typeof words] : t('an unknown stage');
  return what ? t('Its filter stopped {where}: {what}.', { where, what }) : t('Its filter stopped {where}.', { where });
}

function amounts({ balance, cost }: ErrorFacts): string {
  if (balance !== undefined && cost !== undefined)
    return t('There, you have {balance}, and this costs {cost}.', { balance: dollars(balance), cost: dollars(cost) });
  if (balance !== undefined) return t('There, you have {balance}.', { balance: dollars(balance) });
  return cost === undefined ? '' : t('There, this costs {cost}.', { cost: dollars(cost) });
}

function dollars(value: number): string {
  return `${value < 0 ? '-' : ''}$${Math.abs(value).toFixed(Math.abs(value) < 0.1 ? 4 : 2)}`;
}

/** What the service says gives way to what to do. */
function sentence(head: string, said: string, advice: string): string {
  const room = MAX_MESSAGE_CHARACTERS - head.length - advice.length - 4;
  const short = shorten(said.replace(/\s+/g, ' ').trim(), room);
  const end = /[.!?…]$/.test(short) ? '' : '.';
  return `${head}${short && `: ${short}`}${end}${advice && ` ${advice}`}`;
}

function shorten(text: string, room: number): string {
  return text.length > room ? `${text.slice(0, Math.max(0, room - 1))}…` : text;
}
