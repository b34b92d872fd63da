/** What went wrong, as the host must tell it apart. A new kind makes every exhaustive switch fail to compile. */
export type ErrorKind =
  /** A setting has a value that cannot be used; `setting` names it. */
  | 'invalidSetting'
  /** The request breaks a rule of the model; nothing was sent. */
  | 'invalidRequest'
  /** The service does not accept the key. */
  | 'unauthorized'
  /** The account may not do this: credit, quota, an organisation that is not verified. */
  | 'forbidden'
  | 'rateLimited'
  /** The service refused what was asked for. */
  | 'rejected'
  /** The service itself failed; the request may have been billed. */
  | 'unavailable'
  /** No answer in time; the request may have been billed. */
  | 'timeout'
  /** No connection was made; nothing was billed. */
  | 'unreachable'
  /** The connection broke after the request was sent; it may have been billed. */
  | 'interrupted'
  /** The service sent the authenticated request elsewhere; it was not followed. */
  | 'redirected'
  /** The answer could not be understood. */
  | 'badAnswer'
  /** A picture was made and could not be fetched; `url` still holds it for a while. */
  | 'downloadFailed'
  /** An answer or a picture is larger than allowed. */
  | 'tooLarge'
  /** A file could not be written. */
  | 'notSaved';

/** What an error carries besides its sentence. */
export interface ErrorDetails {
  /** HTTP status of the answer. */
  readonly status?: number;
  /** The service's own id of the request, for its support. */
  readonly requestId?: string;
  /** Whether the same request may succeed later without a change. */
  readonly retryable?: boolean;
  /** The wait that the service asked for. */
  readonly retryAfterMs?: number;
  /** The full id of the setting to change, such as `pictor.size`. */
  readonly setting?: string;
  /** Where a paid picture can still be fetched by hand. */
  readonly url?: string;
  readonly cause?: unknown;
}

/** The one error class of the core. `message` is a sentence for a person: what happened and what to do. */
export class PictorError extends Error {
  override readonly name = 'PictorError';
  readonly status?: number;
  readonly requestId?: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
  readonly setting?: string;
  readonly url?: string;

  constructor(
    readonly kind: ErrorKind,
    message: string,
    details: ErrorDetails = {},
  ) {
    super(message, { cause: details.cause });
    this.status = details.status;
    this.requestId = details.requestId;
    this.retryable = details.retryable ?? false;
    this.retryAfterMs = details.retryAfterMs;
    this.setting = details.setting;
    this.url = details.url;
  }

  /** The same error with the address where the picture still is. */
  withUrl(url: string): PictorError {
    return new PictorError(this.kind, this.message, { ...this.details(), url, cause: this.cause });
  }

  /** The same error in other words, without its cause: that could repeat what the words must not. */
  withMessage(message: string): PictorError {
    return new PictorError(this.kind, message, this.details());
  }

  private details(): ErrorDetails {
    const { status, requestId, retryable, retryAfterMs, setting, url } = this;
    return { status, requestId, retryable, retryAfterMs, setting, url };
  }
}

/** The text of anything thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
