import { config } from '@vscode/l10n';
import { render } from 'preact';
import { App } from './app';
import './style.css';

const words = document.getElementById('words')?.textContent;
if (words) config({ contents: words });
const root = document.getElementById('root');
if (root) render(<App />, root);
