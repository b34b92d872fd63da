import { t } from '@vscode/l10n';
import type { Action } from './action';

const LABELS: Readonly<Record<Action, string>> = {
  cancel: t('Cancel'),
  cancelAll: t('Cancel All'),
  saveAs: t('Save As…'),
  checkAgain: t('Check Again'),
  setApiKey: t('Set API Key'),
  openSetting: t('Open Setting'),
  useModel: t('Use {model}'),
  chooseModel: t('Choose Model'),
  leaveOut: t('Leave Out {setting}'),
  useProvider: t('Use {provider}'),
  /** Of a request that was not billed. */
  retry: t('Retry'),
  retryBilled: t('Retry (May Bill Again)'),
  requestMissing: t('Ask for the Others'),
  openInBrowser: t('Open in Browser'),
  copyAddress: t('Copy Address'),
  showAnswer: t('Show Answer'),
  showLog: t('Show Log'),
  open: t('Open'),
  insert: t('Insert at Cursor'),
  copyLink: t('Copy Link'),
  reveal: t('Reveal'),
  keepAll: t('Keep All'),
  dismiss: t('Dismiss'),
  rename: t('Rename…'),
  delete: t('Delete…'),
  usePrompt: t('Use prompt'),
  useEverything: t('Use everything'),
  generateAgain: t('Generate again'),
  generateVariations: t('Generate {count} variations'),
  replaceInDocument: t('Replace in document'),
  keepOnly: t('Keep only this one'),
  deleteOthers: t('Delete the others'),
};

/** Words on the button of an action, everywhere the same. @param subject the model, setting or provider in them */
export function labelOf(action: Action, subject = ''): string {
  return LABELS[action].replace(/\{(?:model|setting|provider)\}/, () => subject);
}
