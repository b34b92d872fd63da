import assert from 'node:assert/strict';
import path from 'node:path';
import { findNoBarriers } from './accessibility';
import { FormPage } from './formPage';
import { inSession, screenshot } from './session';

describe('the form of a fresh install', () => {
  it('says what it draws, and what will be in the gallery; it may load its own script and style, images that it was given, and nothing else', () =>
    inSession({ files: { 'README.md': '' } }, async (session) => {
      await session.workbench.open(path.join(session.window.folder, 'README.md'));
      const form = await FormPage.open(session);
      await form.frame.getByText('Placeholders are drawn here at once').waitFor();
      await form.frame.getByText('Pictures that you make in this workspace').waitFor();
      await screenshot(session, 'form-first-run');
      await findNoBarriers(form, 'first run');
      const policy = await form.evaluate<string>(
        'document.querySelector("meta[http-equiv=Content-Security-Policy]").content',
      );
      const [, nonce = ''] = /'nonce-([\w-]+)'/.exec(policy) ?? [];
      assert.ok(nonce.length >= 22, 'a secret of 16 bytes');
      assert.match(
        policy,
        /^default-src 'none'; img-src blob:; style-src [^;]+; script-src 'nonce-[\w-]+'; base-uri 'none'; form-action 'none'$/,
      );
      const refused = await form.evaluate<string[]>(`new Promise((resolve) => {
        const seen = [];
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          seen.push(effectiveDirective);
          if (seen.length === 4) resolve(seen.sort());
        });
        for (const [name, changes] of [['script', { textContent: 'window.pictorHacked = true' }], ['style', { textContent: 'body { display: none }' }], ['img', { src: 'https://evil.example/a.png' }], ['iframe', { src: 'https://evil.example/' }]]) {
          document.body.append(Object.assign(document.createElement(name), changes));
        }
      })`);
      assert.deepEqual(refused, ['frame-src', 'img-src', 'script-src-elem', 'style-src-elem']);
      assert.equal(await form.evaluate('window.pictorHacked ?? null'), null);
    }));
});
