import * as vscode from 'vscode';
import { formHtml } from './formHtml';

/** What is loaded when the view is first seen. */
export interface FormApp {
  /** Shows the form in a webview. @param early what the webview has said already */
  showForm(view: vscode.WebviewView, early: readonly unknown[]): void;
  /** The links to images that were dragged from the gallery into a document; undefined for others. */
  linksTo(ids: readonly string[], document: vscode.TextDocument): Promise<string | undefined>;
}

const IMAGES = 'application/vnd.pictor.pictures';

/**
 * Registers the view of the form, and what takes its images when they are dragged into a document.
 */
export function registerForm(extensionUri: vscode.Uri, getApp: () => Promise<FormApp>): vscode.Disposable {
  const page = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
  const provider: vscode.WebviewViewProvider = {
    resolveWebviewView: async (view) => {
      view.webview.options = { enableScripts: true, localResourceRoots: [page] };
      // The page says something before the app is there to hear it.
      const early: unknown[] = [];
      const listener = view.webview.onDidReceiveMessage((message) => early.push(message));
      view.webview.html = formHtml(view.webview, page);
      const app = await getApp();
      listener.dispose();
      app.showForm(view, early);
    },
  };
  return vscode.Disposable.from(
    vscode.window.registerWebviewViewProvider('pictor.form', provider),
    vscode.languages.registerDocumentDropEditProvider('*', {
      provideDocumentDropEdits: (document, _position, data) => dropped(getApp, document, data),
    }),
  );
}

async function dropped(
  getApp: () => Promise<FormApp>,
  document: vscode.TextDocument,
  data: vscode.DataTransfer,
): Promise<vscode.DocumentDropEdit | undefined> {
  const ids = parseIds(await data.get(IMAGES)?.asString());
  const links = ids.length > 0 ? await (await getApp()).linksTo(ids, document) : undefined;
  return links === undefined ? undefined : new vscode.DocumentDropEdit(links);
}

/** Anything may be dropped. */
function parseIds(text: string | undefined): string[] {
  try {
    const ids: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
