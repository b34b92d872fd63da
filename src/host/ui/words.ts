import { config } from '@vscode/l10n';
import * as vscode from 'vscode';

// Imported before everything else that has words: tables of them are made as their modules are loaded. In English there
// is no bundle.
config({ contents: vscode.l10n.bundle ?? {} });
