import type { ErrorKind, PictorError } from './errors';

/** What a person can do about an error, with one click. */
export type Remedy =
  | 'saveAs'
  | 'checkAgain'
  | 'dismiss'
  | 'setApiKey'
  | 'openSetting'
  | 'useModel'
  | 'chooseModel'
  | 'retry'
  | 'openInBrowser'
  | 'copyAddress'
  | 'showAnswer'
  | 'showLog';

/** The buttons for each kind of error, the likeliest help first. One that would have nothing to work on is left out. */
const REMEDIES: Readonly<Record<ErrorKind, readonly Remedy[]>> = {
  invalidSetting: ['openSetting'],
  invalidRequest: ['openSetting', 'chooseModel'],
  unauthorized: ['setApiKey'],
  forbidden: ['chooseModel', 'retry'],
  noCredit: ['chooseModel', 'retry'],
  rateLimited: ['retry'],
  moderated: [],
  unknownModel: ['useModel', 'chooseModel'],
  valueRefused: ['openSetting', 'chooseModel'],
  rejected: ['chooseModel'],
  unavailable: ['retry'],
  timeout: ['openSetting', 'retry'],
  unreachable: ['retry', 'openSetting'],
  untrusted: ['openSetting', 'retry'],
  proxyRefused: ['openSetting', 'retry'],
  interrupted: ['retry'],
  redirected: ['openSetting'],
  wrongAddress: ['openSetting'],
  badAnswer: ['openInBrowser', 'retry'],
  downloadFailed: ['openInBrowser', 'copyAddress'],
  tooLarge: ['openInBrowser', 'openSetting'],
  notSaved: [],
};

/** Whether something that was read is the kind of an error. */
export function isErrorKind(value: unknown): value is ErrorKind {
  return typeof value === 'string' && Object.hasOwn(REMEDIES, value);
}

/** What can still be done for the job that an error ended. */
export interface Ways {
  /** The same request can be made again. */
  readonly canRetry?: boolean;
  /** What there is can be had without a new request. */
  readonly canCheckAgain?: boolean;
  /** A picture is here, and has no place yet. */
  readonly canSaveAs?: boolean;
  /** Nobody knows whether the request was billed: the user decides. */
  readonly canDismiss?: boolean;
}

/** The buttons that help with an error, in their order. */
export function remediesFor(
  { kind, details }: PictorError,
  { canRetry = false, canCheckAgain = false, canSaveAs = false, canDismiss = false }: Ways = {},
): Remedy[] {
  const isPossible: Readonly<Partial<Record<Remedy, boolean>>> = {
    saveAs: canSaveAs,
    openSetting: details.setting !== undefined,
    useModel: Boolean(details.suggestions?.length),
    // Where something is to be had for free, a second submit would only be billed; of an unknown outcome, nobody knows
    // whether there is.
    checkAgain: canCheckAgain,
    retry: canRetry && (!canCheckAgain || canDismiss),
    dismiss: canDismiss,
    openInBrowser: details.url !== undefined,
    copyAddress: details.url !== undefined,
    showAnswer: Boolean(details.answer?.trim()),
  };
  const all = ['saveAs', 'checkAgain', ...REMEDIES[kind], 'dismiss', 'showAnswer', 'showLog'] as const;
  return all.filter((remedy) => isPossible[remedy] ?? true);
}
