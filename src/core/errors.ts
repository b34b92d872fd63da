import type { FieldName } from './catalog/fields';
import type { ProviderId } from './catalog/providers';

/** What went wrong, as the host must tell it apart. A new kind makes every exhaustive table fail to compile. */
export type ErrorKind =
  /** A setting has a value that cannot be used; `setting` names it. */
  | 'invalidSetting'
  /** The request breaks a rule of the model; nothing was sent. */
  | 'invalidRequest'
  /** The service does not accept the key. */
  | 'unauthorized'
  /** The account may not do this. */
  | 'forbidden'
  /** There is no credit left for it. */
  | 'noCredit'
  | 'rateLimited'
  /** The service finds the prompt or the image improper. */
  | 'moderated'
  /** The service does not have this model, or not for this account; `suggestions` may name others. */
  | 'unknownModel'
  /** The service does not take the value of a setting. */
  | 'valueRefused'
  /** The service refused what was asked for. */
  | 'rejected'
  /** The service itself failed; the request may have been billed. */
  | 'unavailable'
  /** No answer in time; the request may have been billed. */
  | 'timeout'
  /** No connection was made; nothing was billed. */
  | 'unreachable'
  /** The certificate is not accepted; nothing was sent. */
  | 'untrusted'
  /** The proxy lets nothing through; nothing was sent. */
  | 'proxyRefused'
  /** The connection broke after the request was sent; it may have been billed. */
  | 'interrupted'
  /** The service sent the authenticated request elsewhere; it was not followed. */
  | 'redirected'
  /** The address is not one of an images API. */
  | 'wrongAddress'
  /** The answer could not be understood. */
  | 'badAnswer'
  /** An image was made and could not be fetched; `url` still holds it for a while. */
  | 'downloadFailed'
  /** An answer or an image is larger than allowed. */
  | 'tooLarge'
  /** A file could not be written. */
  | 'notSaved';

/** A field that a service does not take. */
export interface RefusedField {
  readonly name: FieldName;
  /** Whether it is the field that is not taken, and not only its value. */
  readonly isUnknown: boolean;
}

/** What an error carries besides its sentence. */
export interface ErrorDetails {
  /** HTTP status of the answer. */
  readonly status?: number;
  /** The service's own id of the request, for its support. */
  readonly requestId?: string;
  /** Whether the same file may come whole at another try. */
  readonly retryable?: boolean;
  /** The wait that the service asked for. */
  readonly retryAfterMs?: number;
  /** The full id of the setting to change, such as `pictor.size`. */
  readonly setting?: string;
  /** Where a paid image can still be fetched by hand. */
  readonly url?: string;
  /** Models that the service has instead. */
  readonly suggestions?: readonly string[];
  /** What of the request is to blame. */
  readonly refusedField?: RefusedField;
  /** The provider that this one has become. */
  readonly successor?: ProviderId;
  /** Whether the task itself is over, so that asking again cannot help. */
  readonly isTaskOver?: boolean;
  /** What the service really said, for a person to read; keys are cut out before it is shown. */
  readonly answer?: string;
  readonly cause?: unknown;
}

/** The one error class of the core. `message` is a sentence for a person: what happened and what to do. */
export class PictorError extends Error {
  override readonly name = 'PictorError';

  constructor(
    readonly kind: ErrorKind,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message, { cause: details.cause });
  }

  /** The same error with other details. */
  with(changes: ErrorDetails): PictorError {
    return new PictorError(this.kind, this.message, { ...this.details, ...changes });
  }

  /** The same error in other words, without its cause: that could repeat what the words must not. */
  withMessage(message: string): PictorError {
    return new PictorError(this.kind, message, { ...this.details, cause: undefined });
  }
}

/** The text of anything thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Anything thrown, as an error of ours. */
export function errorFrom(thrown: unknown): PictorError {
  return thrown instanceof PictorError ? thrown : new PictorError('badAnswer', errorText(thrown));
}
