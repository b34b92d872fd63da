import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ListedModel } from '../../core/catalog/listedModel';
import { modelRows, type ModelRow } from '../../core/catalog/modelRows';
import type { Provider } from '../../core/catalog/providers';
import { errorText } from '../../core/errors';
import { redact } from '../../core/redact';
import { providerFor } from '../../core/settings/providerFor';
import type { Settings } from '../../core/settings/settings';
import { activeScope } from '../settings/activeScope';
import { askForModels } from '../connection/askForModels';
import type { JobsDependencies } from '../jobs/jobsDependencies';
import { resolveAddress, sourceOf, type ProviderAddress } from '../connection/providerAddress';
import { readSettings } from '../settings/readSettings';
import { modelDetail } from '../ui/modelWords';
import { writeSettings } from '../settings/writeSetting';

const REFRESH: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('refresh'),
  tooltip: t('Ask the service for its models'),
};

/** A row of the list. */
interface ModelItem extends vscode.QuickPickItem {
  /** The model's id; absent in a separator. */
  readonly model?: string;
}

/** Lets the user choose one of the models that Pictor knows or the service lists, or type the id of any other. */
export async function selectModel(app: Pick<JobsDependencies, 'keys' | 'log' | 'models'>): Promise<void> {
  const scope = activeScope();
  const settings = readSettings(scope);
  const provider = providerFor(settings);
  const current = settings.model ?? provider.defaultModel;
  const model = await pickModel({ app, provider, address: addressOrNone(settings), current });
  if (model !== undefined) await writeSettings({ model: model === provider.defaultModel ? undefined : model }, scope);
}

/** A model can be chosen before there is an address. */
function addressOrNone(settings: Settings): ProviderAddress | undefined {
  try {
    return resolveAddress(settings);
  } catch {
    return undefined;
  }
}

/** What the list of models works with. */
interface ListOptions {
  readonly app: Pick<JobsDependencies, 'keys' | 'log' | 'models'>;
  readonly provider: Provider;
  readonly address: ProviderAddress | undefined;
  readonly current: string;
}

/** The list is there at once; what the service says is added when it comes. */
function pickModel(options: ListOptions): Promise<string | undefined> {
  const { app, provider, address } = options;
  const quickPick = vscode.window.createQuickPick<ModelItem>();
  const controller = new AbortController();
  quickPick.title = t('Model of {label}', { label: provider.label });
  quickPick.placeholder =
    provider.id === 'placeholder' ? t('Select a model') : t('Select a model, or type the id of any other');
  quickPick.matchOnDetail = true;
  quickPick.keepScrollPosition = true;
  quickPick.buttons = address ? [REFRESH] : [];
  const stored = address && app.models.get(sourceOf(address));
  let listed = stored?.models;
  const show = (): void => showRows(quickPick, options, listed);
  const refresh = async (asked: ProviderAddress): Promise<void> => {
    const told = await askInto(quickPick, options, asked, controller.signal);
    if (told) {
      listed = told;
      show();
    }
  };
  show();
  if (address && !stored?.isFresh) void refresh(address);
  return new Promise((resolve) => {
    quickPick.onDidChangeValue(show);
    quickPick.onDidTriggerButton(() => address && void refresh(address));
    quickPick.onDidAccept(() => {
      resolve(quickPick.selectedItems[0]?.model);
      quickPick.hide();
    });
    quickPick.onDidHide(() => {
      controller.abort();
      resolve(undefined);
      quickPick.dispose();
    });
    quickPick.show();
  });
}

/** A list that grows must not choose another row. */
function showRows(
  quickPick: vscode.QuickPick<ModelItem>,
  { provider, current }: ListOptions,
  listed: readonly ListedModel[] | undefined,
): void {
  const [active] = quickPick.activeItems;
  const rows = modelRows(provider, listed, Date.now());
  quickPick.items = withTyped(items(provider, current, rows), provider, quickPick.value.trim());
  const same = quickPick.items.find(({ model }) => model !== undefined && model === active?.model);
  if (same) quickPick.activeItems = [same];
}

/** Asks the service, and says what stood in the way. @returns undefined where nothing is new */
async function askInto(
  quickPick: vscode.QuickPick<ModelItem>,
  { app, provider }: ListOptions,
  address: ProviderAddress,
  signal: AbortSignal,
): Promise<readonly ListedModel[] | undefined> {
  quickPick.busy = true;
  try {
    const told = await askForModels(app, address, signal);
    if (!told)
      quickPick.placeholder = t('{label} tells no list of its models; any id can be typed', { label: provider.label });
    return told;
  } catch (error) {
    if (signal.aborted) return undefined;
    app.log.error(error);
    quickPick.placeholder = redact(errorText(error), app.keys.known);
    return undefined;
  } finally {
    quickPick.busy = false;
  }
}

function items(provider: Provider, current: string, rows: readonly ModelRow[]): ModelItem[] {
  const describe = (id: string): string =>
    [id === current && t('selected'), id === provider.defaultModel && t('default')].filter(Boolean).join(', ');
  const titles = {
    known: undefined,
    listed: t('Also listed by {label}', { label: provider.label }),
    perhaps: t('Listed too; may not draw'),
  };
  return rows.flatMap((row, index): ModelItem[] => {
    const title = rows[index - 1]?.group === row.group ? undefined : titles[row.group];
    const item = { model: row.id, label: row.id, description: describe(row.id), detail: modelDetail(provider, row) };
    return title === undefined ? [item] : [{ label: title, kind: vscode.QuickPickItemKind.Separator }, item];
  });
}

/** What is typed and is no row is a row of its own: services have models that nobody lists. */
function withTyped(rows: readonly ModelItem[], { id, label }: Provider, typed: string): readonly ModelItem[] {
  if (!typed || id === 'placeholder' || rows.some(({ model }) => model === typed)) return rows;
  return [
    ...rows,
    {
      model: typed,
      label: t('Use {model}', { model: typed }),
      detail: t('As {label} names it', { label }),
      alwaysShow: true,
    },
  ];
}
