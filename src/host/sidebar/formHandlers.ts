import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { trimSpan } from '../../core/markup/paragraph';
import { promptText } from '../../core/markup/promptText';
import { composeRequest } from '../../core/request/composeRequest';
import { requestSnippet, type SnippetLanguage } from '../../core/request/requestSnippet';
import { taskModeOf, type Settings, type SettingsOverrides } from '../../core/settings/settings';
import { styleOf, withStyle } from '../../core/styles/promptStyles';
import type { FromWebview, NoticeAction } from '../../protocol';
import { activeEditor } from '../document/activeEditor';
import type { JobsDependencies } from '../jobs/jobsDependencies';
import { askForModels } from '../connection/askForModels';
import { askApiKey } from '../connection/askApiKey';
import { runCommand } from '../ui/runCommand';
import { languageOf } from '../document/documents';
import { generateImages } from '../jobs/generateImages';
import { placeOf } from '../jobs/prepareJobs';
import type { TrackedAnchor } from '../document/anchorTracker';
import { writeSettings } from '../settings/writeSetting';
import { sourceOf } from '../connection/providerAddress';
import { actOnCard } from './actOnCard';
import { addressOf, isAskedInSelection } from './formState';
import type { GalleryMessage, Handlers } from '../gallery/galleryContext';
import type { FormContext } from './formContext';

type FormMessage = Exclude<FromWebview['type'], GalleryMessage>;

/** A list of models is no more than a convenience. */
const LIST_MS = 30_000;

const SNIPPETS: readonly (readonly [SnippetLanguage, string])[] = [
  ['curl', 'cURL'],
  ['javascript', 'JavaScript'],
  ['python', 'Python'],
];

/** What the form asks for. */
export function formHandlers(view: FormContext): Handlers<FormMessage> {
  const { session } = view;
  const scope = (): vscode.Uri | undefined =>
    activeEditor()?.document.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const changed = (change: () => void): void => {
    change();
    view.push('form');
  };
  return {
    ready: () => view.ready(),
    prompt: ({ text }) => changed(() => (session.prompt = text)),
    set: ({ name, value }) => changed(() => session.set(name, value, scope())),
    insert: ({ isOn }) => changed(() => (session.insert = isOn)),
    online: ({ isOnline }) => changed(() => (session.isOnline = isOnline)),
    reset: () => changed(() => session.reset()),
    linkSelection: ({ isOn }) => {
      session.isLinkedToSelection = isOn;
      if (isOn) useSelection(view);
      view.push('form');
    },
    useSelection: () => useSelection(view),
    listModels: ({ isUnasked }) => listModels(view, scope(), isUnasked),
    saveAsDefault: () => saveAsDefault(view, scope()),
    generate: ({ prompt }) => generate(view, prompt, scope()),
    copyRequest: ({ prompt }) => copyRequest(view, prompt, scope()),
    notice: ({ action, model }) => NOTICES[action](view, scope(), model),
    forgetRefusal: async ({ name }) => {
      await view.dependencies.app.refusals.forget(placeOf(session.read(scope()).settings), name);
      view.push('form');
    },
    card: ({ id, action, model }) => actOnCard(view, id, action, model, scope()),
  };
}

function useSelection(view: FormContext): void {
  const editor = activeEditor();
  const text = editor && promptText(editor.document.getText(editor.selection), languageOf(editor.document));
  if (text) view.setPrompt(text, !view.session.isLinkedToSelection);
}

/** From the form to the one line that every way of asking walks. */
async function generate(view: FormContext, prompt: string, scope: vscode.Uri | undefined): Promise<void> {
  const { app } = view.dependencies;
  const { session } = view;
  session.prompt = prompt;
  const { overrides, problem, settings } = session.read(scope);
  if (problem) throw problem;
  const editor = activeEditor();
  const anchor = editor && session.insert && settings.insert !== 'none' ? anchorIn(app, editor, prompt) : undefined;
  view.remember(prompt);
  view.post({ type: 'announce', text: t('The request is on its way.') });
  view.push('form');
  try {
    const request = { prompt, anchor, overrides: editor ? overrides : { ...shownOf(settings), ...overrides } };
    await generateImages(app, editor?.document, [request], 'form');
  } catch (error) {
    // Nothing came of it: it may be asked for again.
    view.forget();
    throw error;
  }
}

/**
 * Without a document, another folder than the one that the form shows may be chosen, with settings of its own: what is
 * shown counts.
 */
function shownOf(settings: Settings): SettingsOverrides {
  if ((vscode.workspace.workspaceFolders?.length ?? 0) < 2) return {};
  const names = ['provider', 'customProvider', 'baseUrl', 'model', 'promptStyle'] as const;
  const style = styleOf(settings);
  return {
    ...Object.fromEntries(names.map((name) => [name, settings[name] ?? null])),
    ...(settings.promptStyle && { styles: { [settings.promptStyle]: style } }),
  };
}

/** Beside the text that is asked for, if that is selected; else at the cursor. */
function anchorIn(app: JobsDependencies, editor: vscode.TextEditor, prompt: string): TrackedAnchor {
  const { document, selection } = editor;
  const [start, end] = [document.offsetAt(selection.start), document.offsetAt(selection.end)];
  const cursor = document.offsetAt(selection.active);
  return app.anchors.track(
    document,
    isAskedInSelection(editor, prompt) ? trimSpan(document.getText(), { start, end }) : { start: cursor, end: cursor },
  );
}

/** Says what came of it only where it was asked for. */
async function listModels(view: FormContext, scope: vscode.Uri | undefined, isUnasked: boolean): Promise<void> {
  const { app } = view.dependencies;
  const address = addressOf(view.session.read(scope));
  if (!address || view.isListingModels || (isUnasked && app.models.get(sourceOf(address))?.isFresh)) return;
  view.isListingModels = true;
  view.push('form');
  try {
    const models = await askForModels(app, address, AbortSignal.timeout(LIST_MS));
    const { label } = address.provider;
    const none = models
      ? t('{label} needs a key.', { label })
      : t('{label} tells no list of its models; any id can be typed', { label });
    const said = models?.length ? t('{label} lists {count} models.', { label, count: models.length }) : none;
    if (!isUnasked) vscode.window.setStatusBarMessage(said, LIST_MS / 6);
    view.post({ type: 'announce', text: said });
  } catch (error) {
    if (!isUnasked) throw error;
    app.log.error(error);
  } finally {
    view.isListingModels = false;
    view.push('form');
  }
}

/** The exact request, in a language that the user picks. */
async function copyRequest(view: FormContext, prompt: string, scope: vscode.Uri | undefined): Promise<void> {
  const request = view.session.read(scope);
  const address = addressOf(request);
  if (!address) return;
  const { provider, settings, modelId, fields } = request;
  const composed = composeRequest(provider, {
    prompt: withStyle(prompt, styleOf(settings)),
    model: modelId || undefined,
    fields: fields.taken,
    leftOut: view.dependencies.app.refusals.leftOut(placeOf(settings)),
    taskMode: taskModeOf(settings),
    callbackUrl: settings.callbackUrl,
  });
  const picked = await vscode.window.showQuickPick(
    SNIPPETS.map(([language, label]) => ({ label, language })),
    { title: t('Copy as…') },
  );
  if (!picked) return;
  const hasKey =
    provider.key === 'required' ||
    (await view.dependencies.app.keys.get({ provider: provider.id, origin: address.baseUrl.origin })) !== undefined;
  await vscode.env.clipboard.writeText(requestSnippet(picked.language, provider, address.baseUrl, composed, hasKey));
  vscode.window.setStatusBarMessage(t('The request is in the clipboard.'), LIST_MS / 6);
}

/** What was changed in the form becomes the settings'; a default of Pictor's removes the setting. */
async function saveAsDefault(view: FormContext, scope: vscode.Uri | undefined): Promise<void> {
  const values = Object.fromEntries(
    Object.entries(view.session.overrides).map(([name, value]) => [name, value ?? undefined]),
  );
  await writeSettings(values, scope);
  view.session.reset();
  view.push('form');
}

type ActOnNotice = (view: FormContext, scope: vscode.Uri | undefined, model: string | undefined) => unknown;

const NOTICES: Readonly<Record<NoticeAction, ActOnNotice>> = {
  useModel: (view, scope, model) => {
    if (model) view.session.set('model', model, scope);
    view.push('form');
  },
  connect: async (view) => {
    await runCommand('pictor.selectProvider');
    // What was chosen there is what is meant.
    view.session.useSettingsProvider();
    view.push('form');
  },
  manageTrust: () => vscode.commands.executeCommand('workbench.trust.manage'),
  openFolder: () => vscode.commands.executeCommand('vscode.openFolder'),
  usePlaceholder: (view, scope) => {
    view.session.set('provider', 'placeholder', scope);
    view.push('form');
  },
  openSetting: (view, scope) => {
    const setting = view.session.read(scope).problem?.details.setting ?? 'pictor.baseUrl';
    return vscode.commands.executeCommand('workbench.action.openSettings', `@id:${setting}`);
  },
  setApiKey: async (view, scope) => {
    const address = addressOf(view.session.read(scope));
    const key = address && (await askApiKey(address.provider, address.baseUrl.origin));
    if (address && key)
      await view.dependencies.app.keys.set({ provider: address.provider.id, origin: address.baseUrl.origin }, key);
  },
};
