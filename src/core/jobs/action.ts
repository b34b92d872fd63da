/** Everything that a person can do with a job. */
export const JOB_ACTIONS = [
  'cancel',
  'cancelAll',
  'saveAs',
  'checkAgain',
  'setApiKey',
  'openSetting',
  'useModel',
  'chooseModel',
  'leaveOut',
  'useProvider',
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

/** Everything that a person can do with an image. */
export const IMAGE_ACTIONS = [
  'insert',
  'copyLink',
  'open',
  'reveal',
  'rename',
  'delete',
  'usePrompt',
  'useEverything',
  'generateAgain',
  'generateVariations',
  'replaceInDocument',
  'keepOnly',
  'deleteOthers',
] as const;

export type JobAction = (typeof JOB_ACTIONS)[number];
export type ImageAction = (typeof IMAGE_ACTIONS)[number];
export type Action = JobAction | ImageAction;

/** The codicon that an action has everywhere. */
export const ACTION_ICONS = {
  cancel: 'debug-stop',
  cancelAll: 'debug-stop',
  saveAs: 'save-as',
  checkAgain: 'refresh',
  setApiKey: 'key',
  openSetting: 'settings-gear',
  useModel: 'symbol-misc',
  chooseModel: 'list-selection',
  leaveOut: 'circle-slash',
  useProvider: 'plug',
  retry: 'debug-restart',
  retryBilled: 'debug-restart',
  requestMissing: 'add',
  openInBrowser: 'link-external',
  copyAddress: 'copy',
  showAnswer: 'file-code',
  showLog: 'output',
  open: 'go-to-file',
  insert: 'insert',
  copyLink: 'link',
  reveal: 'folder-opened',
  keepAll: 'check-all',
  dismiss: 'close',
  rename: 'edit',
  delete: 'trash',
  usePrompt: 'copy',
  useEverything: 'check',
  generateAgain: 'debug-restart',
  generateVariations: 'add',
  replaceInDocument: 'replace',
  keepOnly: 'check',
  deleteOthers: 'trash',
} as const satisfies Readonly<Record<Action, string>>;

/** Icons that stand beside images. */
export type ImageIcon = (typeof ACTION_ICONS)[ImageAction];
