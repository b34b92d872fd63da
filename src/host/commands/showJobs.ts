import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { ACTION_ICONS, type JobAction } from '../../core/jobs/action';
import { labelOf } from '../../core/jobs/actions';
import { errorOf, promptOf, type JobRecord } from '../../core/jobs/jobRecord';
import { jobView, type JobPhase, type JobView } from '../../core/jobs/jobView';
import { shortPrompt } from '../../core/markup/shortPrompt';
import type { JobsDependencies } from '../jobs/jobsDependencies';
import { elapsedText, stepText } from '../ui/progress';
import { plainLabel } from '../ui/plainText';
import { buttonsOf } from '../ui/showError';

const REFRESH_MS = 1000;

type ListDependencies = Pick<JobsDependencies, 'actOn' | 'jobs' | 'records'>;

/** A job as the list shows it. */
interface Row {
  readonly record: JobRecord;
  readonly view: JobView;
  readonly isRunning: boolean;
}

interface ActionButton extends vscode.QuickInputButton {
  readonly action: JobAction;
}

interface JobItem extends vscode.QuickPickItem {
  /** Absent for the title of a group. */
  readonly row?: Row;
  readonly buttons?: readonly ActionButton[];
}

/** The groups of the list in their order, with the icon of their rows. */
const GROUPS: readonly { readonly phase: JobPhase; readonly title: string; readonly icon: string }[] = [
  { phase: 'running', title: t('Running'), icon: 'sync' },
  { phase: 'waiting', title: t('Waiting'), icon: 'clock' },
  { phase: 'undecided', title: t('Unknown outcome'), icon: 'question' },
  { phase: 'failed', title: t('Failed'), icon: 'error' },
  { phase: 'done', title: t('Done'), icon: 'pass' },
];

/**
 * Every job: those that run, here or in another window, and what became of the others, with what can be done for each.
 */
export async function showJobs(app: ListDependencies): Promise<void> {
  await app.records.load();
  await app.records.refresh();
  const picked = await pickJob(app);
  const action = picked && (picked.action ?? (await chooseAction(picked.row)));
  if (action) await app.actOn(action, [picked.row.record.id]);
}

/** The list, kept up to date while it is shown. */
async function pickJob(app: ListDependencies): Promise<{ row: Row; action?: JobAction } | undefined> {
  const pick = vscode.window.createQuickPick<JobItem>();
  pick.title = t('Pictor Jobs');
  pick.placeholder = t('Search in prompts and files; Enter shows what can be done');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  // Rows change while one looks at them: the list must not jump.
  pick.keepScrollPosition = true;
  const show = (): void => {
    const active = pick.activeItems[0]?.row?.record.id;
    pick.items = itemsOf(rowsOf(app));
    const same = pick.items.find(({ row }) => row && row.record.id === active);
    if (same) pick.activeItems = [same];
  };
  show();
  const timer = setInterval(() => void app.records.refresh().then(show, () => undefined), REFRESH_MS);
  try {
    return await new Promise((resolve) => {
      pick.onDidAccept(() => {
        const row = pick.selectedItems[0]?.row;
        if (row) resolve({ row });
      });
      pick.onDidTriggerItemButton(({ item, button }) => {
        if (item.row) resolve({ row: item.row, action: (button as ActionButton).action });
      });
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    });
  } finally {
    clearInterval(timer);
    pick.dispose();
  }
}

function rowsOf({ jobs, records }: ListDependencies): Row[] {
  const running = new Map(jobs.running.map((live) => [live.job.record.id, live]));
  const known = new Map(records.newestFirst.map((record) => [record.id, record]));
  for (const { job } of running.values()) known.set(job.record.id, job.record);
  return [...known.values()]
    .sort((a, b) => (a.id < b.id ? 1 : -1))
    .map((record) => {
      const live = running.get(record.id);
      const isOpen = records.isOpen(record.id);
      return { record, view: jobView(record, { live, isOpen }), isRunning: live !== undefined };
    });
}

function itemsOf(rows: readonly Row[]): JobItem[] {
  if (rows.length === 0)
    return [{ label: t('No jobs yet'), detail: t('What you generate is listed here, until some months later.') }];
  return GROUPS.flatMap(({ phase, title, icon }) => {
    const inGroup = rows.filter(({ view }) => view.phase === phase);
    if (inGroup.length === 0) return [];
    return [{ label: title, kind: vscode.QuickPickItemKind.Separator }, ...inGroup.map((row) => itemOf(row, icon))];
  });
}

function itemOf(row: Row, icon: string): JobItem {
  const { record, view } = row;
  return {
    label: plainLabel(shortPrompt(promptOf(record))),
    description: plainLabel([record.connection.label, record.request.model].join(' · ')),
    detail: plainLabel([statusOf(view), timeOf(row), filesOf(record)].filter(Boolean).join(' · ')),
    iconPath: new vscode.ThemeIcon(icon),
    buttons: view.actions
      .filter((action) => action !== 'useModel')
      .map((action) => ({
        action,
        iconPath: new vscode.ThemeIcon(ACTION_ICONS[action]),
        tooltip: labelOf(action),
      })),
    row,
  };
}

function statusOf({ phase, label, text, untilMs }: JobView): string {
  if (phase === 'running') return stepText({ text, untilMs });
  return text === label ? label : `${label}: ${text}`;
}

/** How long it runs, or when it ended. */
function timeOf({ record, isRunning }: Row): string {
  return isRunning
    ? elapsedText(Date.now() - record.createdMs)
    : new Date(record.history.at(-1)?.atMs ?? record.createdMs).toLocaleString(vscode.env.language, {
        dateStyle: 'medium',
        timeStyle: 'short',
      });
}

function filesOf({ images, target }: JobRecord): string {
  const files = images.flatMap(({ saved }) =>
    saved ? [vscode.workspace.asRelativePath(vscode.Uri.parse(saved.uri))] : [],
  );
  if (files.length > 0) return files.join(', ');
  const folders = vscode.workspace.workspaceFolders ?? [];
  const isElsewhere =
    target.workspaceFolder !== undefined && !folders.some(({ uri }) => uri.toString() === target.workspaceFolder);
  return isElsewhere ? t('for {folder}', { folder: vscode.Uri.parse(target.root).fsPath }) : '';
}

/** What the buttons of a row do, for those who do not use them. */
async function chooseAction({ record, view }: Row): Promise<JobAction | undefined> {
  const items = buttonsOf(view.actions, errorOf(record)).map(({ title, action }) => ({
    label: title,
    iconPath: new vscode.ThemeIcon(ACTION_ICONS[action]),
    action,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: shortPrompt(promptOf(record)) });
  return picked?.action;
}
