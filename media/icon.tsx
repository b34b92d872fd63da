import add from '@vscode/codicons/src/icons/add.svg';
import arrowLeft from '@vscode/codicons/src/icons/arrow-left.svg';
import check from '@vscode/codicons/src/icons/check.svg';
import chevronDown from '@vscode/codicons/src/icons/chevron-down.svg';
import close from '@vscode/codicons/src/icons/close.svg';
import code from '@vscode/codicons/src/icons/code.svg';
import copy from '@vscode/codicons/src/icons/copy.svg';
import debugRestart from '@vscode/codicons/src/icons/debug-restart.svg';
import diff from '@vscode/codicons/src/icons/diff.svg';
import edit from '@vscode/codicons/src/icons/edit.svg';
import error from '@vscode/codicons/src/icons/error.svg';
import fileMedia from '@vscode/codicons/src/icons/file-media.svg';
import folderOpened from '@vscode/codicons/src/icons/folder-opened.svg';
import goToFile from '@vscode/codicons/src/icons/go-to-file.svg';
import info from '@vscode/codicons/src/icons/info.svg';
import insert from '@vscode/codicons/src/icons/insert.svg';
import link from '@vscode/codicons/src/icons/link.svg';
import refresh from '@vscode/codicons/src/icons/refresh.svg';
import replace from '@vscode/codicons/src/icons/replace.svg';
import search from '@vscode/codicons/src/icons/search.svg';
import selection from '@vscode/codicons/src/icons/list-selection.svg';
import sparkle from '@vscode/codicons/src/icons/sparkle.svg';
import trash from '@vscode/codicons/src/icons/trash.svg';
import warning from '@vscode/codicons/src/icons/warning.svg';
import type { JSX } from 'preact';

/** Only those that are used: the whole font would be larger than everything else. */
const ICONS = {
  add,
  'arrow-left': arrowLeft,
  check,
  'chevron-down': chevronDown,
  close,
  code,
  copy,
  'debug-restart': debugRestart,
  diff,
  edit,
  error,
  'file-media': fileMedia,
  'folder-opened': folderOpened,
  'go-to-file': goToFile,
  info,
  insert,
  link,
  refresh,
  replace,
  search,
  'list-selection': selection,
  sparkle,
  trash,
  warning,
} as const;

export type IconName = keyof typeof ICONS;

/** A codicon, in the colour of its text. It says nothing: whatever it stands in has a name. */
export function Icon({ name, spins = false }: { readonly name: IconName; readonly spins?: boolean }): JSX.Element {
  return (
    <span class={spins ? 'icon spins' : 'icon'} aria-hidden="true" dangerouslySetInnerHTML={{ __html: ICONS[name] }} />
  );
}
