import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';

const MARKDOWN = new Set(['markdown', 'mdx', 'rmd', 'quarto', 'prompt', 'chatagent', 'instructions']);
const TAGS = new Set(['html', 'javascriptreact', 'typescriptreact', 'vue', 'svelte', 'astro', 'xml']);

/** Nodes whose children are lines or paragraphs of their own. */
const BLOCKS = new Set(['root', 'list', 'listItem', 'blockquote', 'table']);

/** The words of a selected text, without the marks of its language. Paragraphs stay apart by a line break. */
export function promptText(source: string, languageId: string): string {
  return withoutMarks(source, languageId)
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/[^\S\n]+/g, ' ').trim())
    .filter(Boolean)
    .join('\n');
}

function withoutMarks(source: string, languageId: string): string {
  if (MARKDOWN.has(languageId)) return markdownText(source);
  return TAGS.has(languageId) ? withoutTags(source) : source;
}

function markdownText(source: string): string {
  const tree = fromMarkdown(source.replace(/^\s+/, ''), {
    extensions: [gfmStrikethrough(), gfmTable()],
    mdastExtensions: [gfmStrikethroughFromMarkdown(), gfmTableFromMarkdown()],
  });
  return nodeText(tree);
}

function nodeText(node: Nodes): string {
  switch (node.type) {
    case 'image':
    case 'imageReference':
      return node.alt ?? '';
    case 'html':
      return withoutTags(node.value);
    case 'break':
      return '\n';
    case 'definition':
    case 'thematicBreak':
      return '';
  }
  if ('value' in node) return node.value;
  if (!('children' in node)) return '';
  const between = node.type === 'tableRow' ? ' ' : '';
  return node.children.map((child) => nodeText(child)).join(BLOCKS.has(node.type) ? '\n' : between);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function withoutTags(source: string): string {
  return source
    .replace(/<!--[\s\S]*?(-->|$)/g, ' ')
    .replace(/<\/?[A-Za-z][^<>]*>/g, ' ')
    .replace(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}
