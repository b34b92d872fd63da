import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { PROVIDERS } from '../../core/catalog/providers';
import { trimSpan } from '../../core/document/paragraph';
import { promptText } from '../../core/markup/promptText';
import { composeRequest } from '../../core/request/composeRequest';
import { requestSnippet } from '../../core/request/requestSnippet';
import { styleOf, withStyle } from '../../core/styles/promptStyles';
import type { FromWebview, NoticeAction } from '../../protocol';
import { activeEditor } from '../activeEditor';
import type { AppParts } from '../appParts';
import { askForModels } from '../askForModels';
import { askApiKey } from '../askApiKey';
import type { CommandId } from '../commandIds';
import { languageOf } from '../documents';
import { generatePictures } from '../generatePictures';
import type { TrackedPlace } from '../placeTracker';
import { writeSettings } from '../writeSetting';
import { endpointOf, isAskedInSelection } from './formState';
import type { FormContext, Handlers } from './formContext';

type FormMessage = Exclude<FromWebview['type'], 'search' | 'thumbnails' | 'storeThumbnail' | 'image' | 'picture' | 'act' | 'compare' | 'openDocument' | 'dropped' | 'useRecipe'>;

/** What the form asks for. */
export function formHandlers(view: FormContext): Handlers<FormMessage> {
  const { session } = view;
  const { app } = view.parts;
  const scope = (): vscode.Uri | undefined => activeEditor()?.document.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const changed = (change: () => void): void => {
    change();
    view.push('form');
  };
  return {
    ready: () => view.ready(),
    prompt: ({ text }) => changed(() => (session.prompt = text)),
    set: ({ name, value }) => changed(() => session.set(name, value)),
    insert: ({ isOn }) => changed(() => (session.insert = isOn)),
    online: ({ isOnline }) => changed(() => (session.isOnline = isOnline)),
    reset: () => changed(() => session.reset()),
    linkSelection: ({ isOn }) => {
      session.isLinkedToSelection = isOn;
      if (isOn) useSelection(view);
      view.push('form');
    },
    useSelection: () => useSelection(view),
    listModels: () => listModels(view, scope()),
    saveAsDefault: () => saveAsDefault(view, scope()),
    generate: ({ prompt }) => generate(view, prompt, scope()),
    copyRequest: async ({ language, prompt }) => {
      const { definition, settings, modelId, fields } = session.read(scope());
      const endpoint = endpointOf(session.read(scope()));
      if (!endpoint) return;
      const { aceTaskMode: taskMode, callbackUrl } = settings;
      const request = composeRequest(definition, { prompt: withStyle(prompt, styleOf(settings)), model: modelId || undefined, fields: fields.taken, taskMode, callbackUrl });
      await vscode.env.clipboard.writeText(requestSnippet(language, definition, endpoint.baseUrl, request));
      view.post({ type: 'announce', text: t('The request is in the clipboard.') });
    },
    notice: ({ action, kind }) => NOTICES[action](view, scope(), kind),
    card: async ({ id, action, model }) => {
      if (action === 'cancel') return app.actOn('cancel', id);
      if (action === 'useModel' && model) {
        changed(() => session.set('model', model));
        view.cards.close(id);
      } else if (action === 'chooseModel') view.post({ type: 'prompt', text: session.prompt, focus: false });
      else if (action === 'keepAll') view.cards.close(id);
      else if (action === 'dismiss' && (await app.jobs.journal.isOpen(id))) {
        await app.actOn('dismiss', id);
        if (!(await app.jobs.journal.isOpen(id))) view.cards.close(id);
      } else if (action === 'dismiss') view.cards.close(id);
      else {
        // What is asked for again has a card of its own.
        const isAgain = ['retry', 'checkAgain', 'saveAs'].includes(action);
        if (isAgain) view.cards.close(id);
        view.push('jobs');
        await view.cards.apply(id, action, model);
      }
      view.push('jobs');
    },
  };
}

function useSelection(view: FormContext): void {
  const editor = activeEditor();
  const text = editor && promptText(editor.document.getText(editor.selection), languageOf(editor.document));
  if (text) view.setPrompt(text, !view.session.isLinkedToSelection);
}

/** From the form to the one line that every way of asking walks. */
async function generate(view: FormContext, prompt: string, scope: vscode.Uri | undefined): Promise<void> {
  const { app } = view.parts;
  const { session } = view;
  session.prompt = prompt;
  const { instead, problem, settings } = session.read(scope);
  if (problem) throw problem;
  const editor = activeEditor();
  const place = editor && session.insert && settings.insert !== 'none' ? placeIn(app, editor, prompt) : undefined;
  view.remember();
  view.push('form');
  await generatePictures(app, editor?.document, [{ prompt, place, instead }]);
}

/** Beside the text that is asked for, if that is selected; else at the cursor. */
function placeIn(app: AppParts, editor: vscode.TextEditor, prompt: string): TrackedPlace {
  const { document, selection } = editor;
  const [start, end] = [document.offsetAt(selection.start), document.offsetAt(selection.end)];
  const cursor = document.offsetAt(selection.active);
  return app.places.track(document, isAskedInSelection(editor, prompt) ? trimSpan(document.getText(), { start, end }) : { start: cursor, end: cursor });
}

async function listModels(view: FormContext, scope: vscode.Uri | undefined): Promise<void> {
  const endpoint = endpointOf(view.session.read(scope));
  if (!endpoint || view.isListingModels) return;
  view.isListingModels = true;
  view.push('form');
  try {
    await askForModels(view.parts.app, endpoint, AbortSignal.timeout(30_000));
  } finally {
    view.isListingModels = false;
    view.push('form');
  }
}

/** What was changed in the form becomes the settings'; a default of Pictor's removes the setting. */
async function saveAsDefault(view: FormContext, scope: vscode.Uri | undefined): Promise<void> {
  const values = Object.fromEntries(Object.entries(view.session.overrides).map(([name, value]) => [name, value ?? undefined]));
  await writeSettings(values, scope);
  view.session.reset();
  view.push('form');
}

const run = (command: CommandId): Thenable<unknown> => vscode.commands.executeCommand(command);

const NOTICES: Readonly<Record<NoticeAction, (view: FormContext, scope: vscode.Uri | undefined, kind: string) => unknown>> = {
  connect: () => run('pictor.selectProvider'),
  manageTrust: () => vscode.commands.executeCommand('workbench.trust.manage'),
  openFolder: () => vscode.commands.executeCommand('vscode.openFolder'),
  usePlaceholder: (view) => {
    view.session.set('provider', [...PROVIDERS.keys()][0] ?? 'placeholder');
    view.push('form');
  },
  openSetting: (view, scope) => {
    const setting = view.session.read(scope).problem?.details.setting ?? 'pictor.baseUrl';
    return vscode.commands.executeCommand('workbench.action.openSettings', `@id:${setting}`);
  },
  setApiKey: async (view, scope) => {
    const endpoint = endpointOf(view.session.read(scope));
    const key = endpoint && (await askApiKey(endpoint.definition, endpoint.baseUrl.origin));
    if (endpoint && key) await view.parts.app.keys.set({ provider: endpoint.definition.id, origin: endpoint.baseUrl.origin }, key);
  },
};
