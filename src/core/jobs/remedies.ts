import type { ErrorKind } from '../errors';
import type { JobAction } from './action';

/** What helps with each kind of error, the likeliest first. One that would have nothing to work on is left out. */
export const REMEDIES: Readonly<Record<ErrorKind, readonly JobAction[]>> = {
  invalidSetting: ['openSetting'],
  invalidRequest: ['openSetting', 'chooseModel'],
  unauthorized: ['setApiKey'],
  forbidden: ['chooseModel', 'retry'],
  noCredit: ['chooseModel', 'retry'],
  rateLimited: ['retry'],
  moderated: [],
  unknownModel: ['useModel', 'chooseModel'],
  valueRefused: ['leaveOut', 'openSetting', 'chooseModel'],
  rejected: ['chooseModel'],
  unavailable: ['retryBilled'],
  timeout: ['openSetting', 'retryBilled'],
  unreachable: ['useProvider', 'retry', 'openSetting'],
  untrusted: ['useProvider', 'openSetting', 'retry'],
  proxyRefused: ['openSetting', 'retry'],
  interrupted: ['retryBilled'],
  redirected: ['useProvider', 'openSetting'],
  wrongAddress: ['useProvider', 'openSetting'],
  badAnswer: ['openInBrowser', 'retryBilled'],
  downloadFailed: ['openInBrowser', 'copyAddress'],
  tooLarge: ['openInBrowser', 'openSetting'],
  notSaved: [],
};

/** Whether something that was read is the kind of an error. */
export function isErrorKind(value: unknown): value is ErrorKind {
  return typeof value === 'string' && Object.hasOwn(REMEDIES, value);
}
