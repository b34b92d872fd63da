/** Everything that a person can do with a job. */
export const ACTION_NAMES = [
  'cancel',
  'cancelAll',
  'saveAs',
  'checkAgain',
  'setApiKey',
  'openSetting',
  'useModel',
  'chooseModel',
  'retry',
  'retryBilled',
  'requestMissing',
  'openInBrowser',
  'copyAddress',
  'showAnswer',
  'showLog',
  'open',
  'insert',
  'copyLink',
  'reveal',
  'keepAll',
  'dismiss',
] as const;

export type Action = (typeof ACTION_NAMES)[number];
