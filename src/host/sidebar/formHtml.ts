import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Languages that are written from right to left. */
const RIGHT_TO_LEFT = /^(ar|fa|he|ur)\b/;

/**
 * The page of the form: nothing in it acts or looks like anything until its own script and style are there, and it may
 * load nothing else; images come as bytes.
 */
export function formHtml(webview: vscode.Webview, folder: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64url');
  const address = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
  const language = /^[\w-]+$/.test(vscode.env.language) ? vscode.env.language : 'en';
  // What would end the element is written as JSON writes it too.
  const words = JSON.stringify(vscode.l10n.bundle ?? {}).replaceAll('<', String.raw`\u003c`);
  return `<!DOCTYPE html>
<html lang="${language}" dir="${RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src blob:; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pictor</title>
<link rel="stylesheet" href="${address('webview.css')}">
</head>
<body>
<div id="root"></div>
<script type="application/json" id="words">${words}</script>
<script nonce="${nonce}" src="${address('webview.js')}"></script>
</body>
</html>
`;
}
