import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { spendingCsv, spendingOf, type SpendingRow } from '../../core/jobs/spending';
import type { JobsDependencies } from '../jobs/jobsDependencies';
import { dollarsText } from '../ui/modelWords';
import { plainLabel } from '../ui/plainText';

const TOLD_MS = 5000;

/** What was spent, by month, provider and model, as far as the records of jobs go back. */
export async function showSpending({ records }: Pick<JobsDependencies, 'records'>): Promise<void> {
  await records.load();
  await records.refresh();
  const rows = spendingOf(records.newestFirst);
  const copy: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('copy'), tooltip: t('Copy as CSV') };
  const pick = vscode.window.createQuickPick();
  pick.title = t('Pictor Spending');
  pick.placeholder = rows.length > 0 ? t('Enter copies all as CSV') : t('Nothing that a provider bills for yet');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.buttons = [copy];
  pick.items = itemsOf(rows);
  const copyAll = async (): Promise<void> => {
    await vscode.env.clipboard.writeText(spendingCsv(rows));
    vscode.window.setStatusBarMessage(t('The spending is in the clipboard.'), TOLD_MS);
    pick.hide();
  };
  await new Promise<void>((resolve, reject) => {
    pick.onDidTriggerButton(() => copyAll().catch(reject));
    pick.onDidAccept(() => copyAll().catch(reject));
    pick.onDidHide(() => resolve());
    pick.show();
  });
  pick.dispose();
}

function itemsOf(rows: readonly SpendingRow[]): vscode.QuickPickItem[] {
  return rows.flatMap((row, index): vscode.QuickPickItem[] => {
    const item = {
      label: plainLabel(`${row.provider} · ${row.model}`),
      description: dollarsOf([row]),
      detail: countsOf([row]),
    };
    if (rows[index - 1]?.month === row.month) return [item];
    const inMonth = rows.filter(({ month }) => month === row.month);
    const sum = { label: monthText(row.month), description: dollarsOf(inMonth), detail: countsOf(inMonth) };
    return [{ label: monthText(row.month), kind: vscode.QuickPickItemKind.Separator }, sum, item];
  });
}

/** The dollars that are known, and how much is not. */
function dollarsOf(rows: readonly SpendingRow[]): string {
  const dollars = rows.reduce((sum, row) => sum + row.dollars, 0);
  const unknown = rows.reduce((sum, row) => sum + row.unknown, 0);
  if (unknown === 0) return dollarsText(dollars);
  const of = unknown === 1 ? t('1 request of unknown cost') : t('{count} requests of unknown cost', { count: unknown });
  return dollars === 0 ? of : t('{price} and {unknown}', { price: dollarsText(dollars), unknown: of });
}

function countsOf(rows: readonly SpendingRow[]): string {
  const images = rows.reduce((sum, row) => sum + row.images, 0);
  const requests = rows.reduce((sum, row) => sum + row.requests, 0);
  return t('Pictures: {images}; requests: {requests}', { images, requests });
}

function monthText(month: string): string {
  return new Date(`${month}-15`).toLocaleDateString(vscode.env.language, { month: 'long', year: 'numeric' });
}
