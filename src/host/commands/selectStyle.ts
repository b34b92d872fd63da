import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { allStyles } from '../../core/styles/promptStyles';
import { activeScope } from '../settings/activeScope';
import { readSettings } from '../settings/readSettings';
import { writeSettings } from '../settings/writeSetting';

/** Lets the user choose the words that are put around every prompt. */
export async function selectStyle(): Promise<void> {
  const scope = activeScope();
  const { styles, promptStyle = '' } = readSettings(scope);
  const describe = (name: string): string => (name === promptStyle ? t('selected') : '');
  const items = [
    { label: t('None'), name: '', description: describe(''), detail: t('The prompt as it is') },
    ...Object.entries(allStyles(styles)).map(([name, { before = '', after = '' }]) => ({
      label: name,
      name,
      description: describe(name),
      detail: `${before}…${after}`,
    })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Select Prompt Style'),
    placeHolder: t('Which words go around every prompt?'),
    matchOnDetail: true,
  });
  if (!picked) throw new vscode.CancellationError();
  await writeSettings({ promptStyle: picked.name || undefined }, scope);
}
