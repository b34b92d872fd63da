import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import english from '../../package.nls.json';
import { ROOT } from '../runner/paths';

const LANGUAGES = ['fr', 'tr', 'zh-cn'];

type Words = Readonly<Record<string, string>>;

/** Every sentence of the sources that is looked up, with the file that has it. */
function sentences(): Map<string, string> {
  const found = new Map<string, string>();
  for (const folder of ['src', 'media']) {
    for (const name of readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(name)) continue;
      const file = path.join(folder, name);
      const source = ts.createSourceFile(
        file,
        readFileSync(path.join(ROOT, file), 'utf8'),
        ts.ScriptTarget.Latest,
        true,
        file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
      );
      const visit = (node: ts.Node): void => {
        if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
          const [message] = node.arguments;
          assert.ok(message && ts.isStringLiteral(message), `${file}: ${node.getText()} cannot be looked up`);
          found.set(message.text, file);
        }
        ts.forEachChild(node, visit);
      };
      visit(source);
    }
  }
  return found;
}

function read(...names: string[]): Words {
  return JSON.parse(readFileSync(path.join(ROOT, ...names), 'utf8')) as Words;
}

/** What must be the same in every language: values, commands, settings, and tokens that are filled in later. */
function fixedParts(text: string): string[] {
  return (
    text.match(/\{\w+\}|\]\(command:[\w.]+\)|\bpictor\.\w+|\bLABEL\b|\bCODE\b|\bADDRESS\b|\$\{\w+\}|`[^`]+`/g) ?? []
  ).sort();
}

describe('the words', () => {
  const asked = sentences();

  it('are found in the sources', () => {
    assert.ok(asked.size > 300, String(asked.size));
    assert.ok(asked.has('Generate') && asked.has('Nothing was billed.'));
  });

  for (const language of LANGUAGES) {
    it(`are complete in ${language}, and none is too many`, () => {
      const bundle = read('l10n', `bundle.l10n.${language}.json`);
      assert.deepEqual(
        [...asked.keys()].filter((sentence) => !bundle[sentence]),
        [],
        'missing',
      );
      assert.deepEqual(
        Object.keys(bundle).filter((sentence) => !asked.has(sentence)),
        [],
        'unused',
      );
      const manifest = read(`package.nls.${language}.json`);
      assert.deepEqual(Object.keys(manifest), Object.keys(english));
    });

    it(`keep in ${language} what is no word`, () => {
      const bundle = read('l10n', `bundle.l10n.${language}.json`);
      for (const [sentence, translated] of Object.entries(bundle))
        assert.deepEqual(fixedParts(translated), fixedParts(sentence), sentence);
      const manifest = read(`package.nls.${language}.json`);
      for (const [key, text] of Object.entries(english))
        assert.deepEqual(fixedParts(manifest[key] ?? ''), fixedParts(text), key);
    });
  }

  it('of package.json are all there, and none is too many', () => {
    const manifest = readFileSync(path.join(ROOT, 'package.json'), 'utf8');
    const used = [...manifest.matchAll(/"%([\w.-]+)%"/g)].map(([, key]) => key);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(english).sort());
    // Names of services and values are the same everywhere.
    for (const [, text = ''] of manifest.matchAll(
      /"(?:title|description|markdownDescription|name|altText)": "([^"%][^"]*)"/g,
    ))
      assert.match(text, /^(?:pictor|Pictor)$/);
  });
});
