import { posix } from 'node:path';

/**
 * Languages that VS Code itself does not know, by the extension of their files: without another extension it takes them
 * for plain text.
 */
const BY_EXTENSION: Readonly<Record<string, string>> = {
  '.mdx': 'mdx',
  '.vue': 'vue',
  '.svelte': 'svelte',
  '.astro': 'astro',
  '.adoc': 'asciidoc',
  '.asciidoc': 'asciidoc',
  '.typ': 'typst',
  '.qmd': 'quarto',
};

/** A notebook's file is JSON around the Markdown of its cells. */
const NOTEBOOK = /\.ipynb$/i;

/**
 * The language that a document is written in, as VS Code names it; for what VS Code takes for plain text, by the file's
 * extension.
 */
export function markupLanguage(languageId: string, path: string): string {
  if (NOTEBOOK.test(path) && /^(?:json|jupyter)/.test(languageId)) return 'markdown';
  return languageId === 'plaintext' ? (BY_EXTENSION[posix.extname(path).toLowerCase()] ?? languageId) : languageId;
}
