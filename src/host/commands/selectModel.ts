import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Model } from '../../core/catalog/models';
import type { Provider } from '../../core/catalog/providers';
import { describeRule } from '../../core/catalog/rules';
import { errorText } from '../../core/errors';
import type { ListedModel } from '../../core/providers/listModels';
import { redact } from '../../core/redact';
import { providerFor } from '../../core/settings/providerFor';
import type { Settings } from '../../core/settings/settings';
import { activeScope } from '../settings/activeScope';
import { askForModels } from '../connection/askForModels';
import type { JobsDependencies } from '../jobs/jobsDependencies';
import { resolveAddress, sourceOf, type ProviderAddress } from '../connection/providerAddress';
import { readSettings } from '../settings/readSettings';
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
  const model = await pickModel(app, provider, addressOrNone(settings), current);
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

/** The list is there at once; what the service says is added when it comes. */
function pickModel(
  app: Pick<JobsDependencies, 'keys' | 'log' | 'models'>,
  provider: Provider,
  address: ProviderAddress | undefined,
  current: string,
): Promise<string | undefined> {
  const quickPick = vscode.window.createQuickPick<ModelItem>();
  const controller = new AbortController();
  quickPick.title = t('Model of {label}', { label: provider.label });
  quickPick.placeholder =
    provider.id === 'placeholder' ? t('Select a model') : t('Select a model, or type the id of any other');
  quickPick.matchOnDetail = true;
  quickPick.keepScrollPosition = true;
  quickPick.buttons = address ? [REFRESH] : [];
  let listed: readonly ListedModel[] = [];
  const show = (): void => {
    const [active] = quickPick.activeItems;
    quickPick.items = withTyped(items(provider, current, listed), provider, quickPick.value.trim());
    // A list that grows must not choose another row.
    const same = quickPick.items.find(({ model }) => model !== undefined && model === active?.model);
    if (same) quickPick.activeItems = [same];
  };
  const refresh = async (connection: ProviderAddress): Promise<void> => {
    quickPick.busy = true;
    try {
      const told = await askForModels(app, connection, controller.signal);
      listed = told ?? listed;
      if (told) show();
      else
        quickPick.placeholder = t('{label} tells no list of its models; any id can be typed', {
          label: provider.label,
        });
    } catch (error) {
      if (controller.signal.aborted) return;
      app.log.error(error);
      quickPick.placeholder = redact(errorText(error), app.keys.known);
    } finally {
      quickPick.busy = false;
    }
  };
  const stored = address && app.models.get(sourceOf(address));
  listed = stored?.models ?? [];
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

function items(provider: Provider, current: string, listed: readonly ListedModel[]): ModelItem[] {
  const describe = (id: string): string =>
    [id === current && t('selected'), id === provider.defaultModel && t('default')].filter(Boolean).join(', ');
  const known = provider.models.map((model) => ({
    model: model.id,
    label: model.id,
    description: describe(model.id),
    detail: detailOf(model),
  }));
  const others = listed.filter(({ id, draws }) => draws !== false && !provider.models.some((model) => model.id === id));
  const group = (label: string, draws: boolean | undefined): ModelItem[] => {
    const models = others
      .filter((model) => model.draws === draws)
      .map(({ id }) => ({ model: id, label: id, description: describe(id) }));
    return models.length > 0 ? [{ label, kind: vscode.QuickPickItemKind.Separator }, ...models] : [];
  };
  return [
    ...known,
    ...group(t('Also listed by {label}', { label: provider.label }), true),
    ...group(t('Listed too; may not draw'), undefined),
  ];
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

function detailOf(model: Model): string {
  const { size, n } = model.fields;
  return [
    size && t('Sizes: {sizes}', { sizes: describeRule(size) }),
    n && t('pictures: {count}', { count: describeRule(n) }),
    model.answers === 'task' && t('takes its time (a task)'),
  ]
    .filter(Boolean)
    .join('; ');
}
