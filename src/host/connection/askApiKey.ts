import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Provider } from '../../core/catalog/providers';

/** What could not be part of an HTTP header. */
const NOT_A_KEY = /[^\x21-\x7e]/;

/**
 * Asks for the key of a service at an origin, with a link to the page where it is made. Undefined when the user gives
 * up.
 */
export function askApiKey(provider: Provider, origin: string): Promise<string | undefined> {
  const input = vscode.window.createInputBox();
  const getKey: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('link-external'),
    tooltip: t('Get a key: {keysUrl}', { keysUrl: provider.keysUrl ?? '' }),
  };
  input.title = t('API key for {label}', { label: provider.label });
  input.prompt = [
    t('It is kept in the system’s secret storage and sent to {origin} only.', { origin }),
    provider.keysUrl && t('The button above opens {keysUrl}.', { keysUrl: provider.keysUrl }),
  ]
    .filter(Boolean)
    .join(' ');
  input.password = true;
  input.ignoreFocusOut = true;
  input.buttons = provider.keysUrl ? [getKey] : [];
  return new Promise((resolve) => {
    input.onDidTriggerButton(() => provider.keysUrl && vscode.env.openExternal(vscode.Uri.parse(provider.keysUrl)));
    input.onDidChangeValue(() => (input.validationMessage = undefined));
    input.onDidAccept(() => {
      const key = input.value.trim();
      if (!key) input.validationMessage = t('Paste the key, or press Escape to give up.');
      else if (NOT_A_KEY.test(key))
        input.validationMessage = t('A key has no spaces, line breaks or special letters. Copy it again.');
      else {
        resolve(key);
        input.hide();
      }
    });
    input.onDidHide(() => {
      resolve(undefined);
      input.dispose();
    });
    input.show();
  });
}
