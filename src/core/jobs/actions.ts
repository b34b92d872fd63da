import { t } from '@vscode/l10n';
import type { Action } from './action';

interface ActionWords {
  readonly label: string;
  /** Name of a codicon. */
  readonly icon: string;
}

/** The one label that an action has everywhere, and its icon. */
export const ACTIONS: Readonly<Record<Action, ActionWords>> = {
  cancel: { label: t('Cancel'), icon: 'debug-stop' },
  cancelAll: { label: t('Cancel All'), icon: 'debug-stop' },
  saveAs: { label: t('Save As…'), icon: 'save-as' },
  checkAgain: { label: t('Check Again'), icon: 'refresh' },
  setApiKey: { label: t('Set API Key'), icon: 'key' },
  openSetting: { label: t('Open Setting'), icon: 'settings-gear' },
  useModel: { label: t('Use {model}'), icon: 'symbol-misc' },
  chooseModel: { label: t('Choose Model'), icon: 'list-selection' },
  /** Of a request that was not billed. */
  retry: { label: t('Retry'), icon: 'debug-restart' },
  retryBilled: { label: t('Retry (May Bill Again)'), icon: 'debug-restart' },
  requestMissing: { label: t('Ask for the Others'), icon: 'add' },
  openInBrowser: { label: t('Open in Browser'), icon: 'link-external' },
  copyAddress: { label: t('Copy Address'), icon: 'copy' },
  showAnswer: { label: t('Show Answer'), icon: 'file-code' },
  showLog: { label: t('Show Log'), icon: 'output' },
  open: { label: t('Open'), icon: 'go-to-file' },
  insert: { label: t('Insert at Cursor'), icon: 'insert' },
  copyLink: { label: t('Copy Link'), icon: 'link' },
  reveal: { label: t('Reveal'), icon: 'folder-opened' },
  keepAll: { label: t('Keep All'), icon: 'check-all' },
  dismiss: { label: t('Dismiss'), icon: 'close' },
};

/** Words on the button of an action. @param model for `useModel` */
export function labelOf(action: Action, model = ''): string {
  return ACTIONS[action].label.replace('{model}', model);
}
