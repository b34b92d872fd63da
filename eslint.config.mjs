import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Who may import what; `test/core/imports.test.ts` checks the same from the files themselves. */
const room = (files, patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});
const no = (message, ...group) => ({ group, message });

export default tseslint.config(
  { ignores: ['dist/', 'out/', '.vscode-test/', 'node_modules/'] },
  js.configs.recommended,
  { rules: { 'no-nested-ternary': 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowNullish: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // It would have us write `!`, which strict rules out.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // An empty text from a setting or a service means the same as none.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      'max-lines': ['error', 300],
    },
  },
  room(
    ['src/core/**/*.ts'],
    [
      { regex: '^vscode$', message: 'core never imports vscode' },
      no('core imports only core', '**/host/**', '**/extension', '**/protocol'),
    ],
  ),
  room(['src/host/**/*.ts'], [no('nobody imports extension.ts', '**/extension')]),
  room(['src/protocol.ts'], [no('the protocol imports types of core only', '**/host/**', '**/media/**')]),
  room(['media/**/*.{ts,tsx}'], [no('the form knows only the protocol', '**/core/**', '**/host/**', '**/extension')]),
  {
    files: ['src/host/**/*.ts'],
    ignores: ['src/host/ui/notify.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[property.name=/^show(Information|Warning|Error)Message$/]',
          message: 'notify keeps words of others from becoming links',
        },
      ],
    },
  },
  room(
    ['test/core/**/*.ts'],
    [
      { regex: '^vscode$', message: 'core tests run without VS Code' },
      no('core tests know only core', '**/src/host/**'),
    ],
  ),
  {
    files: ['test/**/*.ts'],
    rules: {
      // Test data is written out, and its characters are known.
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      // A table of cases is long, and read from case to case.
      'max-lines': ['error', 500],
    },
  },
  room(['test/emulator/**/*.ts'], [no('the emulator shares no code with src', '**/src/**')]),
  { files: ['**/*.mjs', '**/*.js'], languageOptions: { globals: globals.node } },
  { files: ['**/*.js'], languageOptions: { sourceType: 'commonjs' } },
  { files: ['test/vscode/pageConfiguration.js'], languageOptions: { globals: globals.browser } },
);
