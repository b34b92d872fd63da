import { WIRE_NAMES } from '../../catalog/fields';
import type { ProviderDefinition } from '../../catalog/providers';
import { PictorError } from '../../errors';
import { readErrorFacts, type ErrorFacts } from './errorFacts';
import { CLIENT_ERROR, ERROR_ROWS, SERVER_ERROR, type ErrorRow } from './errorRows';

/** An answer that is an error. */
export interface ErrorAnswer {
  readonly status: number;
  /** Parsed JSON, or a text that is none. */
  readonly body: unknown;
  readonly requestId?: string;
  /** As it came, for a person to read. */
  readonly text?: string;
}

/** Longest sentence for a person: more does not fit into a notification. */
const MAX_MESSAGE_CHARACTERS = 300;

/** Whether an answer says that there is no credit: sending again cannot help. */
export function isOutOfCredit(body: unknown): boolean {
  const { code } = readErrorFacts(body);
  return ERROR_ROWS.some(({ kind, codes }) => kind === 'noCredit' && codes?.includes(code));
}

/** Whether a service says that it does not have a task any more. */
export function isTaskGone(body: unknown): boolean {
  return readErrorFacts(body).code === 'async_task_not_found';
}

/** The error that an answer means: what happened, what the service says, and what to do, in at most 300 characters. */
export function errorFromAnswer({ id, label }: Pick<ProviderDefinition, 'id' | 'label'>, answer: ErrorAnswer): PictorError {
  const facts = readErrorFacts(answer.body);
  const row = ERROR_ROWS.find((candidate) => fits(candidate, id, answer.status, facts)) ?? (answer.status >= 500 ? SERVER_ERROR : CLIENT_ERROR);
  const setting = row.kind === 'wrongAddress' ? 'pictor.baseUrl' : settingOf(facts.field);
  const head = `${label} ${row.sentence}${row.kind === 'valueRefused' && setting ? ` (${setting})` : ''} (${facts.code || answer.status})`;
  const advice = [amounts(facts), row.kind === 'unknownModel' && facts.suggestions.length > 0 ? `It suggests ${facts.suggestions.slice(0, 3).join(', ')}.` : '', row.advice]
    .filter(Boolean)
    .join(' ');
  return new PictorError(row.kind, sentence(head, facts.message, advice), {
    status: answer.status,
    requestId: answer.requestId,
    retryable: row.retryable,
    suggestions: facts.suggestions,
    setting,
    answer: answer.text,
  });
}

function fits(row: ErrorRow, provider: string, status: number, { code, message, field }: ErrorFacts): boolean {
  return (
    (row.provider === undefined || row.provider === provider) &&
    (row.status === undefined || row.status === status) &&
    (row.codes === undefined || row.codes.includes(code)) &&
    (row.says === undefined || row.says.test(message)) &&
    (row.namesField === undefined || settingOf(field) !== undefined)
  );
}

/** The setting behind a field of the request. */
function settingOf(field: string): string | undefined {
  const name = Object.entries(WIRE_NAMES).find(([, wire]) => wire === field)?.[0];
  return name ? `pictor.${name}` : field === 'model' ? 'pictor.model' : undefined;
}

function amounts({ balance, cost }: ErrorFacts): string {
  const parts = [balance !== undefined && `you have $${dollars(balance)}`, cost !== undefined && `this costs $${dollars(cost)}`].filter(Boolean);
  return parts.length > 0 ? `There, ${parts.join(', and ')}.` : '';
}

function dollars(value: number): string {
  return value.toFixed(Math.abs(value) < 0.1 ? 4 : 2);
}

/** What the service says gives way to what to do. */
function sentence(head: string, said: string, advice: string): string {
  const line = said.replace(/\s+/g, ' ').trim();
  const room = MAX_MESSAGE_CHARACTERS - head.length - advice.length - 4;
  const short = line.length > room ? `${line.slice(0, Math.max(0, room - 1))}…` : line;
  const closed = !short ? '.' : /[.!?…]$/.test(short) ? `: ${short}` : `: ${short}.`;
  return `${head}${closed}${advice ? ` ${advice}` : ''}`;
}
