/** The workspace of the in-host tests: two folders, so that a picture can go into the wrong one. */
export const HOST_WORKSPACE = {
  workspaceFile: 'test.code-workspace',
  files: {
    'test.code-workspace': JSON.stringify({ folders: [{ path: 'alpha' }, { path: 'beta' }] }),
    'alpha/readme.md': '# Alpha\n',
    'beta/docs/guide.md': '# Guide\n',
  },
} as const;
