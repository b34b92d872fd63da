import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { estimateCost } from '../../core/catalog/estimateCost';
import { labelOf } from '../../core/jobs/actions';
import { formFields } from '../../core/form/formFields';
import { replacementOf } from '../../core/providers/withAlternatives';
import type { Refusal } from '../../core/request/refusals';
import { withDefaults } from '../../core/request/withDefaults';
import type { ModelRow } from '../../core/catalog/modelRows';
import type { Provider } from '../../core/catalog/providers';
import { promptText } from '../../core/markup/promptText';
import { allStyles, withStyle } from '../../core/styles/promptStyles';
import type { Destination, FormState, Notice } from '../../protocol';
import type { JobsDependencies } from '../jobs/jobsDependencies';
import { knownRoot } from '../files/chooseRoot';
import { providerChoices } from '../connection/chooseProvider';
import { allModelRows, modelRow } from '../connection/modelRow';
import { resolveAddress, type ProviderAddress } from '../connection/providerAddress';
import { languageOf } from '../document/documents';
import { draft, placeOf, targetOf } from '../jobs/prepareJobs';
import { lifecycleText, modelDetail } from '../ui/modelWords';
import { resolveImage } from '../files/imageSaver';
import { providerValue, type FormRequest, type FormSession } from './formSession';

/** Names that may be taken: nobody has that many images of one prompt. */
const MAX_TRIES = 100;

/** Nobody asks for more, and to read its markup at each move of the cursor would hold everything up. */
const MAX_SELECTED = 20_000;

/** What the state is made of, besides the settings. */
export interface FormStateOptions {
  readonly app: Pick<JobsDependencies, 'keys' | 'models' | 'refusals' | 'ownCosts'>;
  readonly session: FormSession;
  /** The editor that a link would go into. */
  readonly editor: vscode.TextEditor | undefined;
  readonly isListingModels: boolean;
  readonly history: readonly string[];
  /** When the same request was made the last time, if it was made just now. */
  readonly repeatedMs?: number;
}

/** Everything that the form shows. */
export async function formState(request: FormRequest, dependencies: FormStateOptions): Promise<FormState> {
  const { app, session, editor } = dependencies;
  const { settings, provider, modelId, model, fields } = request;
  const address = addressOf(request);
  const style = settings.promptStyle ?? '';
  const styles = allStyles(settings.styles);
  const sentPrompt = withStyle(session.prompt, styles[style]);
  const row = modelRow(app.models, settings, modelId);
  const sent = withDefaults(model, fields.taken);
  const count = typeof fields.taken.n === 'number' ? fields.taken.n : 1;
  return {
    provider: providerValue(provider.id, settings.customProvider),
    providers: providerChoices(vscode.workspace.getConfiguration('pictor').get('customProviders')).map(
      ({ provider: one, name }) => ({
        value: providerValue(one.id, name),
        label: one.label,
        detail: one.description,
      }),
    ),
    model: modelId,
    models: modelChoices(request, app),
    canListModels: address !== undefined,
    isListingModels: dependencies.isListingModels,
    fields: formFields(provider, model, request.values, fields.taken),
    unsupported: fields.unsupported,
    style,
    styles: Object.entries(styles).map(([name, { before = '', after = '' }]) => ({
      value: name,
      label: name,
      detail: `${before}…${after}`,
    })),
    maxPromptCharacters: model?.maxPromptCharacters,
    styleCharacters: Array.from(sentPrompt).length - Array.from(session.prompt.trim()).length,
    sentPrompt: sentPrompt === session.prompt.trim() ? undefined : sentPrompt,
    history: dependencies.history,
    hasSelection: editor !== undefined && editor.document.getText(editor.selection).trim() !== '',
    isLinkedToSelection: session.isLinkedToSelection,
    insert: session.insert,
    canInsert: settings.insert !== 'none',
    destination: await destination(request, dependencies),
    notices: await notices(request, row, address, dependencies),
    count,
    cost: estimateCost({
      provider: provider.id,
      model,
      fields: sent,
      listed: row.listed,
      ownCosts: app.ownCosts.find(provider.id, modelId, sent),
    }),
    refusals: refusalsAt(request, app).map(({ name, value, atMs, isLeftOut = false }) => ({
      name,
      value: value === undefined ? undefined : String(value),
      atMs,
      isLeftOut,
    })),
    isChanged: session.isChanged,
    canCopyRequest: address !== undefined,
  };
}

/** Undefined where there is none, or none that can be used. */
export function addressOf({ settings }: FormRequest): ProviderAddress | undefined {
  try {
    return resolveAddress(settings);
  } catch {
    return undefined;
  }
}

function modelChoices({ provider, settings, modelId }: FormRequest, app: FormStateOptions['app']): FormState['models'] {
  const groups = {
    known: undefined,
    listed: t('Also listed by {label}', { label: provider.label }),
    perhaps: t('Listed too; may not draw'),
  };
  const rows = allModelRows(app.models, settings);
  const all = rows.map((row) => ({
    value: row.id,
    label: row.id,
    detail: modelDetail(provider, row),
    group: groups[row.group],
  }));
  return modelId && !all.some(({ value }) => value === modelId) ? [...all, { value: modelId, label: modelId }] : all;
}

function refusalsAt({ settings }: FormRequest, app: FormStateOptions['app']): readonly Refusal[] {
  try {
    return app.refusals.of(placeOf(settings));
  } catch {
    // Without an address, nobody has refused anything.
    return [];
  }
}

/** A model that ends, or has ended, and the one that takes its place. */
function lifecycleNotices(provider: Provider, row: ModelRow): Notice[] {
  const { id, lifecycle } = row;
  if (lifecycle.state !== 'ending' && lifecycle.state !== 'ended')
    return row.model?.assumedFrom === undefined ? [] : [{ kind: 'ending', text: `${id}: ${lifecycleText(row)}` }];
  const model = lifecycle.replacement ?? replacementOf(provider, id);
  return [
    {
      kind: lifecycle.state,
      text: t('{model} {fate}.', { model: id, fate: lifecycleText(row) }),
      button: model ? { label: labelOf('useModel', model), action: 'useModel', model } : undefined,
    },
  ];
}

/** The folder and the name that the first image will get, unless another one takes the name meanwhile. */
async function destination(request: FormRequest, { session, editor }: FormStateOptions): Promise<Destination> {
  const document = editor?.document;
  const root = knownRoot(document);
  const takesLink = session.insert && document !== undefined && request.settings.insert !== 'none';
  const common = {
    document: takesLink ? vscode.workspace.asRelativePath(document.uri) : undefined,
    isSelection: editor !== undefined && isAskedInSelection(editor, session.prompt),
    willAsk: root === undefined,
  };
  if (!root) return common;
  try {
    const plan = draft(
      { ...request.settings, fields: request.fields.taken },
      targetOf(request.settings, root, document),
      { prompt: session.prompt.trim() || '…' },
      'form',
      Date.now(),
    );
    const extension = expectedExtension(request);
    const { directory, baseName } = resolveImage(plan, 1, extension);
    if (!session.prompt.trim())
      return { ...common, path: vscode.workspace.asRelativePath(root.uri.with({ path: directory })) };
    for (let number = 0; number < MAX_TRIES; number++) {
      const uri = root.uri.with({ path: `${directory}/${baseName}${number ? `-${number}` : ''}.${extension}` });
      const isTaken = await vscode.workspace.fs.stat(uri).then(
        () => true,
        () => false,
      );
      if (!isTaken) return { ...common, path: vscode.workspace.asRelativePath(uri) };
    }
  } catch {
    // What is wrong with the settings or the prompt is said where it matters.
  }
  return common;
}

/** What an editor's selection asks for; empty where nothing is selected, or far too much. */
export function selectedPrompt({ document, selection }: vscode.TextEditor): string {
  const isTooLong = document.offsetAt(selection.end) - document.offsetAt(selection.start) > MAX_SELECTED;
  return isTooLong ? '' : promptText(document.getText(selection), languageOf(document));
}

/** Whether what is selected is what is asked for: the link goes beside it then. */
export function isAskedInSelection(editor: vscode.TextEditor, prompt: string): boolean {
  const wanted = prompt.trim();
  return wanted !== '' && selectedPrompt(editor) === wanted;
}

function expectedExtension({ provider, fields }: FormRequest): string {
  if (provider.id === 'placeholder') return 'svg';
  return fields.taken.outputFormat === 'jpeg' ? 'jpg' : String(fields.taken.outputFormat ?? 'png');
}

async function notices(
  { provider, problem }: FormRequest,
  row: ModelRow,
  address: ProviderAddress | undefined,
  { app, session, repeatedMs }: FormStateOptions,
): Promise<Notice[]> {
  const found: Notice[] = [];
  if (problem)
    found.push({
      kind: 'setting',
      text: problem.message,
      button: problem.details.setting ? { label: t('Open Setting'), action: 'openSetting' } : undefined,
    });
  else if (provider.id !== 'placeholder' && !address)
    found.push({
      kind: 'setting',
      text: t('{label} needs an address.', { label: provider.label }),
      button: { label: t('Open Setting'), action: 'openSetting' },
    });
  found.push(...lifecycleNotices(provider, row));
  if (!vscode.workspace.isTrusted)
    found.push({
      kind: 'trust',
      text: t('Restricted Mode: what this workspace sets is not used, only your own settings are.'),
      button: { label: t('Manage Trust'), action: 'manageTrust' },
    });
  if (!vscode.workspace.workspaceFolders?.length)
    found.push({
      kind: 'folder',
      text: t('No folder is open: you will be asked where to save.'),
      button: { label: t('Open Folder'), action: 'openFolder' },
    });
  if (
    address &&
    provider.key === 'required' &&
    !(await app.keys.get({ provider: provider.id, origin: address.baseUrl.origin }))
  ) {
    found.push({
      kind: 'key',
      text: t('{label} needs a key.', { label: provider.label }),
      button: { label: t('Set API Key'), action: 'setApiKey' },
    });
  }
  if (address && !session.isOnline)
    found.push({
      kind: 'offline',
      text: t('You are offline. Placeholders can be drawn without a network.'),
      button: { label: t('Use the Placeholder'), action: 'usePlaceholder' },
    });
  if (provider.id === 'placeholder')
    found.push({
      kind: 'welcome',
      text: t('Placeholders are drawn here at once: no key, no network, no cost.'),
      button: { label: t('Connect a Provider'), action: 'connect' },
    });
  if (repeatedMs !== undefined)
    found.push({
      kind: 'repeated',
      text:
        repeatedMs < 60_000
          ? t('You asked for exactly this less than a minute ago.')
          : t('You asked for exactly this {minutes} min ago.', { minutes: Math.round(repeatedMs / 60_000) }),
    });
  return found;
}
