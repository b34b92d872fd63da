/** The workspace of the in-host tests: two folders, so that an image can go into the wrong one. */
export const HOST_WORKSPACE = {
  workspaceFile: 'test.code-workspace',
  files: {
    'test.code-workspace': JSON.stringify({ folders: [{ path: 'alpha' }, { path: 'beta' }] }),
    'alpha/readme.md': '# Alpha\n',
    'beta/docs/guide.md': '# Guide\n',
  },
} as const;

/**
 * The settings of their user: the emulator's dialect that asks for no key. A setting takes a tenth of a second to
 * change.
 */
export function hostSettings(emulatorOrigin: string): Readonly<Record<string, unknown>> {
  return {
    'pictor.provider': 'custom',
    'pictor.baseUrl': `${emulatorOrigin}/open/v1`,
    'pictor.model': 'any',
    'pictor.size': '64x64',
  };
}
