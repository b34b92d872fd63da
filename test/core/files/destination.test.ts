import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isInside, resolveDestination, type DestinationRequest } from '../../../src/core/files/destination';
import { PictorError } from '../../../src/core/errors';

const REQUEST: DestinationRequest = {
  folder: { source: 'pictor', template: 'assets' },
  fileName: '${promptSlug}',
  root: '/ws',
  document: { path: '/ws/docs/guide.md', workspaceFolder: '/ws' },
  prompt: 'A red fox',
  model: 'gpt-image-1.5',
  index: 1,
  now: new Date(2026, 10, 21, 23, 30),
  extension: 'png',
};

function resolve(changes: Partial<DestinationRequest>): string {
  const { directory, baseName } = resolveDestination({ ...REQUEST, ...changes });
  return `${directory}/${baseName}`;
}

const pictor = (template: string): DestinationRequest['folder'] => ({ source: 'pictor', template });
const markdown = (template: string): DestinationRequest['folder'] => ({ source: 'markdown', template });

describe('where an image goes', () => {
  const anchors: [string, Partial<DestinationRequest>, string][] = [
    ['in the workspace folder of the document', {}, '/ws/assets/a-red-fox'],
    ['relative to the document with ./', { folder: pictor('./img') }, '/ws/docs/img/a-red-fox'],
    ['relative to the document with ../', { folder: pictor('../img') }, '/ws/img/a-red-fox'],
    ['in the workspace folder itself', { folder: pictor('') }, '/ws/a-red-fox'],
    [
      'by the variables of VS Code',
      { folder: pictor('${documentWorkspaceFolder}/media/${documentBaseName}') },
      '/ws/media/guide/a-red-fox',
    ],
    [
      'by a transformed variable',
      { folder: pictor('assets/${documentRelativeDirName/^docs/help/}') },
      '/ws/assets/help/a-red-fox',
    ],
    ['with backslashes', { folder: pictor('assets\\img') }, '/ws/assets/img/a-red-fox'],
    [
      'by a transformed variable with a backslash in its pattern',
      { folder: pictor('img/${documentBaseName/^(\\w)\\w*/$1/}') },
      '/ws/img/g/a-red-fox',
    ],
    [
      'by a document variable without a document',
      { folder: pictor('assets/${documentBaseName}'), document: undefined },
      '/ws/assets/untitled/a-red-fox',
    ],
    [
      'as VS Code puts pasted files, without a document',
      { folder: markdown('/img/'), document: undefined },
      '/ws/img/a-red-fox',
    ],
    [
      'on a drive that is written in two ways',
      { root: '/c:/ws', document: { path: '/C:/ws/docs/a.md', workspaceFolder: '/c:/ws' }, folder: pictor('./img') },
      '/C:/ws/docs/img/a-red-fox',
    ],
    ['without a document', { folder: pictor('./img'), document: undefined }, '/ws/img/a-red-fox'],
    ['as VS Code puts pasted files, beside the document', { folder: markdown('img/') }, '/ws/docs/img/a-red-fox'],
    [
      'as VS Code puts pasted files, from the workspace folder',
      { folder: markdown('/img/${documentBaseName}/') },
      '/ws/img/guide/a-red-fox',
    ],
    [
      'as VS Code names pasted files',
      { folder: markdown('img/${documentBaseName}-${fileName}') },
      '/ws/docs/img/guide-a-red-fox',
    ],
    ['by the extension of the document', { folder: pictor('img/${documentExtName}') }, '/ws/img/md/a-red-fox'],
    [
      'with date, model and number in its name',
      { fileName: '${date}_${model}_${index}', index: 3 },
      '/ws/assets/2026-11-21_gpt-image-1.5_3',
    ],
    ['in folders that its name makes', { fileName: '${documentBaseName}/${promptSlug}' }, '/ws/assets/guide/a-red-fox'],
    ['with a name that cannot climb', { fileName: '../../../etc/${promptSlug}' }, '/ws/assets/etc/a-red-fox'],
  ];
  for (const [title, changes, anchor] of anchors) it(title, () => assert.equal(resolve(changes), anchor));

  for (const [title, changes, setting] of [
    ['a folder above the workspace', { folder: pictor('../../x') }, 'pictor.assetsFolder'],
    ['an absolute folder elsewhere', { folder: pictor('/etc') }, 'pictor.assetsFolder'],
    ['a folder that only begins like the workspace', { folder: pictor('../../ws-other') }, 'pictor.assetsFolder'],
    [
      'a destination of VS Code elsewhere, in the way of Windows',
      { folder: markdown('..\\..\\..\\outside/') },
      'markdown.copyFiles.destination',
    ],
    ['a destination of VS Code elsewhere', { folder: markdown('../../../x/') }, 'markdown.copyFiles.destination'],
    ['an unknown variable', { fileName: '${prompt}' }, 'pictor.fileName'],
    ['a pattern that cannot be read', { folder: pictor('${documentBaseName/(/x/}') }, 'pictor.assetsFolder'],
  ] as [string, Partial<DestinationRequest>, string][]) {
    it(`refuses ${title} and names the setting`, () => {
      assert.throws(
        () => resolve(changes),
        (error) =>
          error instanceof PictorError &&
          error.kind === 'invalidSetting' &&
          error.details.setting === setting &&
          error.message.includes(setting),
      );
    });
  }

  it('has the date of the clock on the wall', () => {
    const zone = process.env.TZ;
    process.env.TZ = 'America/New_York';
    try {
      const dateAt = (time: string): string => resolve({ fileName: '${date}', now: new Date(time) });
      assert.equal(dateAt('2026-11-22T04:59:59.999Z'), '/ws/assets/2026-11-21');
      assert.equal(dateAt('2026-11-22T05:00:00.000Z'), '/ws/assets/2026-11-22');
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it('never leaves the workspace, whatever the templates say', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      'a',
      '${documentDirName}',
      '${promptSlug}',
      ' ',
      '%2e%2e',
      'c:',
    );
    const template = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(template, template, fc.string(), (folder, fileName, prompt) => {
        try {
          const { directory, baseName } = resolveDestination({
            ...REQUEST,
            folder: pictor(folder),
            fileName: `${fileName}x`,
            prompt,
          });
          assert.ok(isInside('/ws', directory), directory);
          assert.doesNotMatch(baseName, /[/\\]|^\.\.?$/);
        } catch (error) {
          assert.ok(error instanceof PictorError && error.kind === 'invalidSetting', String(error));
        }
      }),
      { numRuns: 2000 },
    );
  });
});
