/** An image as a document names it. */
export interface LinkTarget {
  /** Relative, with `/` between its parts; or a whole URI where no relative path leads there. */
  readonly path: string;
  /** One line of plain text, see `altText`. */
  readonly alt: string;
}

type LinkFormat = (target: LinkTarget) => string;
type PathFormat = (path: string) => string;

/** The link to an image in a document's own language; the bare path in languages that have no syntax for it. */
export function imageLink(languageId: string, target: LinkTarget): string {
  return (FORMATS[languageId] ?? plainPath)(target);
}

const markdown: LinkFormat = ({ path, alt }) => `![${escapeMarkdown(alt)}](${encodePath(path)})`;

/** In MDX, braces begin an expression and `<` a component, in an alt text as anywhere. */
const mdx: LinkFormat = ({ path, alt }) => `![${escapeMarkdown(alt).replace(/[{}]/g, '\\$&')}](${encodePath(path)})`;

const html: LinkFormat = ({ path, alt }) => `<img src="${escapeHtml(encodePath(path))}" alt="${escapeHtml(alt)}">`;

/** A JSX attribute knows entities and no other escape. */
const jsx: LinkFormat = ({ path, alt }) => `<img src="${escapeHtml(encodePath(path))}" alt="${escapeHtml(alt)}" />`;

/** Svelte and Astro read braces in attributes as expressions. */
const svelte: LinkFormat = (target) => jsx(target).replace(/[{}]/g, (brace) => `&#${brace.charCodeAt(0)};`);

/** An inline image would need a substitution; a directive is what writers use. */
const restructuredText: LinkFormat = ({ path, alt }) => `.. image:: ${encodePath(path)}\n   :alt: ${alt}`;

/** In AsciiDoc an attribute value ends at `"`, and the macro at `]` unless it is quoted. */
const asciidoc: LinkFormat = ({ path, alt }) =>
  `image:${encodePath(path)}["${alt.replace(/\\/g, '').replace(/"/g, '\\"').replace(/\]/g, '\\]')}"]`;

/**
 * A percent sign would begin a comment. Other special characters are rare in file names, and TeX has no one way to
 * write them all.
 */
const latexPath: PathFormat = (path) => path.replace(/[%#&$]/g, '\\$&');

const latex: LinkFormat = ({ path, alt }) =>
  `\\includegraphics[width=\\linewidth,alt={${escapeLatex(alt)}}]{${latexPath(path)}}`;

const typst: LinkFormat = ({ path, alt }) => `#image("${typstString(path)}", alt: "${typstString(alt)}")`;

const plainPath: LinkFormat = ({ path }) => path;

const FORMATS: Readonly<Record<string, LinkFormat>> = {
  markdown,
  rmd: markdown,
  quarto: markdown,
  mdx,
  html,
  vue: html,
  'vue-html': html,
  handlebars: html,
  php: html,
  javascriptreact: jsx,
  typescriptreact: jsx,
  svelte,
  astro: svelte,
  restructuredtext: restructuredText,
  asciidoc,
  latex,
  tex: latex,
  typst,
};

/** Where a path is no address, and is read as it stands. */
const PATHS: Readonly<Record<string, PathFormat>> = { latex: latexPath, tex: latexPath, typst: typstString };

/** In these, a percent sign never encodes anything. */
export const PLAIN_PATH_LANGUAGES: ReadonlySet<string> = new Set(Object.keys(PATHS));

/** Languages without a link of their own in which a path is an address. */
const WITH_ADDRESSES: ReadonlySet<string> = new Set(['css', 'scss', 'less', 'xml']);

/** A path as the links of a language have it. */
export function linkPath(languageId: string, path: string): string {
  const format =
    PATHS[languageId] ??
    (Object.hasOwn(FORMATS, languageId) || WITH_ADDRESSES.has(languageId) ? encodePath : (plain: string) => plain);
  return format(path);
}

/** Languages in which an image takes a line, or a block, of its own. */
export const BLOCK_LINK_LANGUAGES: ReadonlySet<string> = new Set(['restructuredtext']);

/** What would end the alt text or the link, or be read as a mark: an alt text shows as it is written. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\[\]`<&|*_~]/g, '\\$&');
}

/** Percent-encodes what ends or changes a link's destination; letters of every script stay readable. */
export function encodePath(path: string): string {
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(path)) return path.replace(/[\s()<>"]/g, encodeChar);
  const encoded = path.replace(/[\s\p{Cc}%?#&<>()[\]{}"'`\\|*]/gu, encodeChar);
  // A colon in the first part would read as a scheme.
  return /^[^/]*:/.test(encoded) ? `./${encoded}` : encoded;
}

function encodeChar(char: string): string {
  return [...new TextEncoder().encode(char)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function escapeLatex(text: string): string {
  return text
    .replace(/\\/g, '\\textbackslash ')
    .replace(/[{}#$%&_]/g, '\\$&')
    .replace(/\^/g, '\\textasciicircum ')
    .replace(/~/g, '\\textasciitilde ');
}

function typstString(text: string): string {
  return text.replace(/[\\"]/g, '\\$&');
}
