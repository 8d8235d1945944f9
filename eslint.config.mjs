import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import jest from 'eslint-plugin-jest';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { folderPermissions } from './scripts/lint/folder-permissions.mjs';
import { reasonedDisable } from './scripts/lint/reasoned-disable.mjs';
import { synchronousValidators } from './scripts/lint/synchronous-validators.mjs';
import { workflowsOnly } from './scripts/lint/workflows-only.mjs';

const TYPESCRIPT = '**/*.{ts,tsx}';
const PLAIN_SCRIPT = '**/*.{js,mjs,cjs}';
const TESTS = 'test/**';

const house = {
  rules: {
    'folder-permissions': folderPermissions,
    'reasoned-disable': reasonedDisable,
    'synchronous-validators': synchronousValidators,
    'workflows-only': workflowsOnly,
  },
};

export default defineConfig(
  globalIgnores([
    '.data/',
    'dist/',
    'coverage/',
    'dashboard/dist/',
    'dashboard/.build-*/',
    'dashboard/client/api.d.ts',
    'test/replay/histories/',
  ]),
  {
    plugins: { house },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: { 'house/reasoned-disable': 'error', 'house/folder-permissions': 'error' },
  },
  js.configs.recommended,

  {
    name: 'plain scripts: configuration and the lint rules themselves',
    files: [PLAIN_SCRIPT],
    languageOptions: { globals: { process: 'readonly' } },
  },
  {
    files: ['**/*.{js,cjs}'],
    languageOptions: { sourceType: 'commonjs', globals: { __dirname: 'readonly' } },
  },

  {
    name: 'types',
    files: [TYPESCRIPT],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      // `import { type A }` leaves an import behind that runs the module; `import type` does not.
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowNever: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // It takes an assertion away that inference rests on: XState's `types: {} as …`.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      // An async function keeps the promise of its interface, with or without something to wait for.
      '@typescript-eslint/require-await': 'off',
    },
  },

  {
    name: 'imports',
    files: [TYPESCRIPT],
    plugins: { 'import-x': importX },
    settings: {
      ...importX.flatConfigs.typescript.settings,
      'import-x/resolver-next': [createTypeScriptImportResolver()],
    },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-default-export': 'error',
      'import-x/no-duplicates': 'error',
      'import-x/no-self-import': 'error',
    },
  },
  {
    name: 'files that somebody else loads by their default export: a shop, and what Jest starts',
    files: ['machines/shop.ts', 'examples/**', 'test/**/shop-*.ts', 'test/support/global-*.ts'],
    rules: { 'import-x/no-default-export': 'off' },
  },

  {
    name: 'readability',
    rules: {
      complexity: ['error', { max: 15, variant: 'modified' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-depth': ['error', 3],
    },
  },
  {
    name: 'readability of the product',
    ignores: [TESTS, 'bench/**'],
    rules: { 'max-lines': ['error', 250], 'max-params': ['error', 5] },
  },

  {
    name: 'settings come from config.ts',
    files: [TYPESCRIPT],
    // The samples are programs of somebody else's house.
    ignores: ['config.ts', 'examples/partner-samples/**', TESTS, 'bench/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only config.ts reads process.env.' },
      ],
      'no-restricted-imports': ['error', envImport('process'), envImport('node:process')],
    },
  },
  {
    name: 'processes log, they do not print',
    files: [`{machines,workflows,activities,api,db}/${TYPESCRIPT}`],
    rules: { 'no-console': 'error' },
  },

  {
    name: 'machines: the same input always gives the same output',
    files: [`machines/${TYPESCRIPT}`],
    rules: {
      'no-restricted-globals': [
        'error',
        ...[
          ...['Buffer', 'console', 'crypto', 'fetch', 'globalThis', 'performance', 'process'],
          ...['queueMicrotask', 'setImmediate', 'setInterval', 'setTimeout', 'structuredClone'],
        ].map((name) => ({
          name,
          message: `machines/ only computes, in a sandbox without ${name}.`,
        })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'The time is in the event (`at`).' },
        { object: 'Math', property: 'random', message: 'Chance is in the event, if anywhere.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
          message: 'The time is in the event (`at`): `new Date(event.at)`.',
        },
        {
          selector: 'CallExpression[callee.name="Date"]',
          message: 'The time is in the event (`at`): `new Date(event.at)`.',
        },
        {
          selector: 'CallExpression[callee.property.name=/^(localeCompare|toLocale.*String)$/]',
          message: 'This answers by the language of the computer it runs on; compare code units.',
        },
        {
          selector: 'MemberExpression[object.name="Intl"]',
          message: 'This answers by the language and data of the computer it runs on.',
        },
      ],
    },
  },
  {
    name: 'workflows: replayed from history, so nothing from outside it',
    files: [`workflows/${TYPESCRIPT}`],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['crypto', 'fetch', 'performance', 'process', 'setImmediate', 'setInterval'].map(
          (name) => ({ name, message: `workflows/ is replayed; ${name} is for an activity.` }),
        ),
      ],
    },
  },
  {
    name: 'dashboard: hooks keep their rules',
    files: [`dashboard/${TYPESCRIPT}`],
    extends: [reactHooks.configs.flat.recommended],
  },
  {
    name: 'the entry file of the workflows',
    files: ['workflows/index.ts'],
    rules: { 'house/workflows-only': 'error' },
  },
  {
    name: 'updates are validated at once',
    files: [TYPESCRIPT],
    rules: { 'house/synchronous-validators': 'error' },
  },

  {
    name: 'tests',
    files: [`test/${TYPESCRIPT}`],
    extends: [jest.configs['flat/recommended']],
    // The version is said here because the plugin otherwise looks for it in every file.
    settings: { jest: { version: 30 } },
    rules: {
      '@typescript-eslint/unbound-method': 'off',
      'jest/unbound-method': 'error',
      'jest/prefer-importing-jest-globals': 'error',
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }],
      'jest/no-disabled-tests': 'error',
    },
  },
  {
    name: 'suites: tests that several specs share, declared by functions of their own',
    files: ['test/**/*suite.ts'],
    rules: {
      'jest/no-export': 'off',
      'jest/valid-title': 'off',
      'jest/expect-expect': 'off',
      'jest/no-standalone-expect': ['error', { additionalTestBlockFunctions: ['withCard'] }],
    },
  },
  {
    name: 'tests and benchmarks look into answers whose shape they are there to check',
    files: [`{test,bench}/${TYPESCRIPT}`],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);

function envImport(name) {
  return { name, importNames: ['env'], message: 'Only config.ts reads process.env.' };
}
