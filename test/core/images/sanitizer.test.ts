import assert from 'node:assert/strict';
import { detectMediaType } from '../../../src/core/images/mediaType';
import { sanitizeSvg } from '../../../src/core/images/sanitizer';

const NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';

/** Images that act or fetch, each in its own way. */
const HOSTILE: Readonly<Record<string, string>> = {
  script: '<script>alert(1)</script>',
  'script with a namespace': '<svg:script xmlns:svg="http://www.w3.org/2000/svg">alert(1)</svg:script>',
  'script in CDATA': '<script><![CDATA[alert(1)]]></script>',
  'upper case': '<SCRIPT>alert(1)</SCRIPT>',
  handler: '<rect onload="alert(1)" onclick=\'alert(1)\' ONMOUSEOVER="alert(1)"/>',
  'link that acts': '<a xlink:href="javascript:alert(1)"><text>x</text></a>',
  'link with an entity': '<a href="java&#x73;cript:alert(1)"><text>x</text></a>',
  use: '<use xlink:href="https://evil.example/x.svg#a"/>',
  'use of data': '<use href="data:image/svg+xml;base64,PHN2Zz48c2NyaXB0PmFsZXJ0KDEpPC9zY3JpcHQ+PC9zdmc+#x"/>',
  image: '<image href="https://evil.example/pixel.png"/>',
  'image without a scheme': '<image href="//evil.example/pixel.png"/>',
  'image of a file': '<image href="file:///etc/passwd"/>',
  'image that is an SVG': '<image href="data:image/svg+xml,%3Csvg onload=alert(1)%3E"/>',
  foreignObject:
    '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example"></iframe></foreignObject>',
  'style sheet': '<style>@import url(https://evil.example/x.css); rect { fill: url(https://evil.example/y) }</style>',
  'style attribute': '<rect style="background: url(https://evil.example/z)"/>',
  'fill from elsewhere': '<rect fill="url( \'https://evil.example/f#g\' )"/>',
  'filter from elsewhere': '<rect filter="url(//evil.example/f#g)"/>',
  'namespace of its own': '<image xmlns:lang="http://www.w3.org/1999/xlink" lang:href="https://evil.example/a.png"/>',
  'escape of a style sheet':
    '<rect cursor="\\75rl(https://evil.example/b), auto" fill="\\75rl(https://evil.example/c#d)"/>',
  'set of images': '<rect mask="image-set(\'https://evil.example/e\' 1x)"/>',
  animation:
    '<rect><set attributeName="onmouseover" to="alert(1)"/><animate attributeName="href" values="javascript:alert(1)"/></rect>',
  entity: '<text>&evil;</text>',
  'processing instruction': '<?xml-stylesheet href="https://evil.example/x.css"?>',
  comment: '<!-- --><script>alert(1)</script><!-- -->',
};

describe('an SVG of a service', () => {
  for (const [title, content] of Object.entries(HOSTILE)) {
    it(`is saved without ${title}`, () => {
      const clean = sanitizeSvg(
        `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY evil SYSTEM "file:///etc/passwd">]><svg ${NS} width="10" height="10"><g id="kept">${content}</g></svg>`,
      );
      assert.doesNotMatch(clean, /script|evil\.example|passwd|<!|<\?|\son\w+=|iframe|import/i);
      assert.match(clean, /<g id="kept">/);
      assert.equal(detectMediaType(Buffer.from(clean))?.size, '10x10');
    });
  }

  it('keeps what draws, letter by letter', () => {
    const drawing =
      `<svg ${NS} width="20" height="10" viewBox="0 0 20 10"><defs><linearGradient id="g" x1="0"><stop offset="0" stop-color="#fff" /></linearGradient>` +
      '<clipPath id="c"><rect width="5" height="5" /></clipPath></defs><path d="M0 0L20 10" fill="url(#g)" clip-path="url(\'#c\')" />' +
      '<text x="1" y="2" font-family="serif">Größe &amp; 雨 &lt;3</text><image href="data:image/png;base64,iVBORw0KGgo=" /><use xlink:href="#g" /></svg>';
    assert.equal(sanitizeSvg(drawing), drawing);
  });

  it('may keep a language and its white space', () => {
    const drawing = `<svg ${NS} width="20" height="10"><text xml:space="preserve" xml:lang="tr">A  B</text></svg>`;
    assert.equal(sanitizeSvg(drawing), drawing);
  });

  it('that has nothing else is empty', () => assert.equal(sanitizeSvg('<html><script>alert(1)</script></html>'), ''));
});
