import sanitizeHtml from 'sanitize-html';

/** What draws, and nothing that acts: no script, style sheet, foreignObject, animation, link or frame. */
const TAGS = [
  'svg',
  'g',
  'defs',
  'symbol',
  'use',
  'title',
  'desc',
  'path',
  'rect',
  'circle',
  'ellipse',
  'line',
  'polyline',
  'polygon',
  'text',
  'tspan',
  'textPath',
  'linearGradient',
  'radialGradient',
  'stop',
  'clipPath',
  'mask',
  'pattern',
  'marker',
  'image',
  'filter',
  'feBlend',
  'feColorMatrix',
  'feComponentTransfer',
  'feComposite',
  'feConvolveMatrix',
  'feDiffuseLighting',
  'feDisplacementMap',
  'feDistantLight',
  'feDropShadow',
  'feFlood',
  'feFuncA',
  'feFuncB',
  'feFuncG',
  'feFuncR',
  'feGaussianBlur',
  'feMerge',
  'feMergeNode',
  'feMorphology',
  'feOffset',
  'fePointLight',
  'feSpecularLighting',
  'feSpotLight',
  'feTile',
  'feTurbulence',
];

/** Code, style sheets, and whatever has a namespace: those that may stay are named below. */
const REFUSED_ATTRIBUTE = /^on|^style$|^cursor$|[:]/i;

/** Names of namespaces, and of what they have that only draws, with the values that they may have. */
const NAMESPACED: Readonly<Record<string, RegExp>> = {
  xmlns: /^http:\/\/www\.w3\.org\/2000\/svg$/,
  'xmlns:xlink': /^http:\/\/www\.w3\.org\/1999\/xlink$/,
  'xml:space': /^(?:preserve|default)$/,
  'xml:lang': /^[\w-]*$/,
};

/** Another part of the same image. */
const LOCAL = /^\s*#/;
/** An image within the image that cannot act. */
const EMBEDDED = /^\s*data:image\/(?:png|jpeg|gif|webp|avif)[;,]/i;
/**
 * Something to be fetched in a value such as `url(…)`, also in the writings that style sheets know; only parts of the
 * same image may be named there.
 */
const FETCHES = /url\s*\(\s*['"]?\s*(?!['"#\s])|@import|(?:expression|image|image-set|src)\s*\(|:\/\/|^\s*\/\/|\\/i;

/** An SVG without anything that acts or fetches, for whoever opens it in a browser. */
export function sanitizeSvg(text: string): string {
  const clean = sanitizeHtml(text, {
    parser: { xmlMode: true, lowerCaseTags: false, lowerCaseAttributeNames: false, decodeEntities: true },
    allowedTags: TAGS,
    allowedAttributes: false,
    nonTextTags: ['script', 'style', 'foreignObject', 'iframe', 'handler', 'metadata'],
    selfClosing: ['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'stop', 'use', 'image'],
    allowedSchemes: ['data'],
    allowedSchemesAppliedToAttributes: ['href', 'xlink:href'],
    allowProtocolRelative: false,
    transformTags: {
      '*': (tagName, attributes) => ({
        tagName,
        attribs: Object.fromEntries(
          Object.entries(attributes).filter(([name, value]) => isHarmless(tagName, name, value)),
        ),
      }),
    },
  });
  // What stands around the image, such as the end of a DOCTYPE, is none of it.
  return /<svg[\s>][\s\S]*<\/svg>/.exec(clean)?.[0] ?? '';
}

function isHarmless(tag: string, name: string, value: string): boolean {
  if (name === 'href' || name === 'xlink:href') return LOCAL.test(value) || (tag === 'image' && EMBEDDED.test(value));
  const namespaced = NAMESPACED[name];
  if (namespaced) return namespaced.test(value);
  return !REFUSED_ATTRIBUTE.test(name) && !FETCHES.test(value);
}
