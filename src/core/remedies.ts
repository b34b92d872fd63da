import type { ErrorKind, PictorError } from './errors';

/** What a person can do about an error, with one click. */
export type Remedy = 'checkAgain' | 'setApiKey' | 'openSetting' | 'useModel' | 'chooseModel' | 'retry' | 'openInBrowser' | 'copyAddress' | 'showAnswer' | 'showLog';

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

/** The buttons that help with an error, in their order. @param canRetry whether the same request can be made again */
export function remediesFor({ kind, details }: PictorError, canRetry: boolean): Remedy[] {
  const isPossible: Readonly<Partial<Record<Remedy, boolean>>> = {
    openSetting: details.setting !== undefined,
    useModel: Boolean(details.suggestions?.length),
    // Where a task goes on, asking about it is free, and a second submit would be billed.
    checkAgain: canRetry && details.task !== undefined,
    retry: canRetry && details.task === undefined,
    openInBrowser: details.url !== undefined,
    copyAddress: details.url !== undefined,
    showAnswer: Boolean(details.answer?.trim()),
  };
  return ['checkAgain' as const, ...REMEDIES[kind], 'showAnswer' as const, 'showLog' as const].filter((remedy) => isPossible[remedy] ?? true);
}
