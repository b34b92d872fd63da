import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { promptOf, type JobRecord, type JobState } from '../../core/jobs/jobRecord';
import type { JobsDependencies } from '../jobs/jobsDependencies';
import type { JobAction } from '../jobs/jobAction';
import { JOB_ACTIONS } from '../jobs/jobActions';
import { JobList, type JobRow } from '../jobs/jobList';
import { shortPrompt } from '../jobs/runPlan';
import { plainLabel } from '../ui/plainText';
import { elapsedText, stepText } from '../ui/progress';

const REFRESH_MS = 1000;

interface ActionButton extends vscode.QuickInputButton {
  readonly action: JobAction;
}

interface JobItem extends vscode.QuickPickItem {
  /** Absent for the title of a group. */
  readonly row?: JobRow;
  readonly buttons?: readonly ActionButton[];
}

const isIn =
  (...states: readonly JobState[]) =>
  ({ record }: JobRow): boolean =>
    states.includes(record.state);

/** The groups of the list in their order, with the icon of their rows; a job is in the first one that has it. */
const GROUPS: readonly { title: string; icon: string; has: (row: JobRow) => boolean }[] = [
  { title: t('Running'), icon: 'sync', has: ({ isRunning, record }) => isRunning && record.state !== 'planned' },
  { title: t('Waiting'), icon: 'clock', has: isIn('planned', 'submitting', 'waiting', 'delivered') },
  { title: t('Unknown outcome'), icon: 'question', has: isIn('unknown') },
  { title: t('Failed'), icon: 'error', has: isIn('failed', 'cancelled') },
  { title: t('Done'), icon: 'pass', has: () => true },
];

const STATE_WORDS: Readonly<Record<JobState, string>> = {
  planned: t('Not sent yet'),
  submitting: t('Being sent'),
  waiting: t('Being drawn'),
  delivered: t('Delivered, not saved yet'),
  saved: t('Saved'),
  linked: t('Saved and linked'),
  failed: t('Failed'),
  cancelled: t('Cancelled'),
  unknown: t('It may have been made and billed'),
};

/**
 * Every job: those that run, here or in another window, and what became of the others, with what can be done for each.
 */
export async function showJobs(app: Pick<JobsDependencies, 'actOn' | 'jobs'>): Promise<void> {
  const list = new JobList(app.jobs);
  await list.load();
  const picked = await pickJob(list);
  const action = picked && (picked.action ?? (await chooseAction(picked.row)));
  if (action) await app.actOn(action, picked.row.record.id);
}

/** The list, kept up to date while it is shown. */
async function pickJob(list: JobList): Promise<{ row: JobRow; action?: JobAction } | undefined> {
  const pick = vscode.window.createQuickPick<JobItem>();
  pick.title = t('Pictor Jobs');
  pick.placeholder = t('Search in prompts and files; Enter shows what can be done');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  // Rows change while one looks at them: the list must not jump.
  pick.keepScrollPosition = true;
  const show = (): void => {
    const active = pick.activeItems[0]?.row?.record.id;
    pick.items = itemsOf(list.rows);
    const same = pick.items.find(({ row }) => row && row.record.id === active);
    if (same) pick.activeItems = [same];
  };
  show();
  const timer = setInterval(() => void list.refresh().then(show, () => undefined), REFRESH_MS);
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

function itemsOf(rows: readonly JobRow[]): JobItem[] {
  if (rows.length === 0)
    return [{ label: t('No jobs yet'), detail: t('What you generate is listed here, until some months later.') }];
  return GROUPS.flatMap((group, index) => {
    const inGroup = rows.filter((row) => group.has(row) && !GROUPS.slice(0, index).some((earlier) => earlier.has(row)));
    if (inGroup.length === 0) return [];
    const title: JobItem = { label: group.title, kind: vscode.QuickPickItemKind.Separator };
    return [title, ...inGroup.map((row) => itemOf(row, group.icon))];
  });
}

function itemOf(row: JobRow, icon: string): JobItem {
  const { record } = row;
  return {
    label: plainLabel(shortPrompt(promptOf(record))),
    description: plainLabel([record.service.label, record.request.model].join(' · ')),
    detail: plainLabel([statusOf(row), timeOf(row), filesOf(record)].filter(Boolean).join(' · ')),
    iconPath: new vscode.ThemeIcon(icon),
    buttons: actionsOf(row).map((action) => ({
      action,
      iconPath: new vscode.ThemeIcon(JOB_ACTIONS[action].icon),
      tooltip: JOB_ACTIONS[action].label,
    })),
    row,
  };
}

function statusOf({ record, step }: JobRow): string {
  if (step) return stepText(step);
  const words = STATE_WORDS[record.state];
  return record.error && record.state !== 'cancelled' ? `${words}: ${record.error.message}` : words;
}

/** How long it runs, or when it ended. */
function timeOf({ record, isRunning }: JobRow): string {
  return isRunning
    ? elapsedText(Date.now() - record.createdMs)
    : new Date(record.history.at(-1)?.atMs ?? record.createdMs).toLocaleString(vscode.env.language, {
        dateStyle: 'medium',
        timeStyle: 'short',
      });
}

function filesOf({ pictures, target }: JobRecord): string {
  const files = pictures.flatMap(({ saved }) =>
    saved ? [vscode.workspace.asRelativePath(vscode.Uri.parse(saved.uri))] : [],
  );
  if (files.length > 0) return files.join(', ');
  const folders = vscode.workspace.workspaceFolders ?? [];
  const isElsewhere =
    target.workspaceFolder !== undefined && !folders.some(({ uri }) => uri.toString() === target.workspaceFolder);
  return isElsewhere ? t('for {folder}', { folder: vscode.Uri.parse(target.root).fsPath }) : '';
}

function actionsOf({ record, isRunning }: JobRow): JobAction[] {
  return (Object.keys(JOB_ACTIONS) as JobAction[]).filter((action) =>
    JOB_ACTIONS[action].isPossible(record, isRunning),
  );
}

/** What the buttons of a row do, for those who do not use them. */
async function chooseAction(row: JobRow): Promise<JobAction | undefined> {
  const items = actionsOf(row).map((action) => ({
    label: JOB_ACTIONS[action].label,
    iconPath: new vscode.ThemeIcon(JOB_ACTIONS[action].icon),
    action,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: shortPrompt(promptOf(row.record)) });
  return picked?.action;
}
