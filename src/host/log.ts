import type * as vscode from 'vscode';
import { PictorError } from '../core/errors';
import { redact } from '../core/redact';

/** The log of Pictor, without keys. */
export interface Log {
  info(message: string): void;
  error(error: unknown): void;
  show(): void;
}

/** Wraps the output channel so that no known key, and nothing of a key's shape, gets into it. */
export function createLog(channel: vscode.LogOutputChannel, secrets: Iterable<string>): Log {
  const clean = (text: string): string => redact(text, secrets);
  return {
    info: (message) => channel.info(clean(message)),
    error: (error) => channel.error(clean(describe(error))),
    show: () => channel.show(),
  };
}

/** The sentence, the service's request id, and the chain of causes. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const details = error instanceof PictorError ? detailsOf(error) : [error.stack];
  const cause = error.cause === undefined ? '' : `\n  caused by ${describe(error.cause)}`;
  return `${error.message} [${details.join(', ')}]${cause}`;
}

function detailsOf({ kind, details }: PictorError): string[] {
  const { status, requestId, url } = details;
  return [kind, status && `status ${status}`, requestId && `request id ${requestId}`, url].filter(
    (detail) => typeof detail === 'string',
  );
}
