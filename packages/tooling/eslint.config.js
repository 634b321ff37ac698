import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import vue from 'eslint-plugin-vue';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');
const subgraphs = ['users', 'products', 'inventory', 'orders', 'payments', 'shipping', 'analytics'];

/** What a folder must not import, and what to do instead. */
const boundary = (files, patterns) => ({
  files,
  ignores: ['**/*.test.ts', '**/__fixtures__/**'],
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});
const noOtherSubgraph = {
  group: subgraphs.map((name) => `@souk/${name}*`),
  message: 'Subgraphs meet only through the graph and through events.',
};
const noDatabase = {
  group: ['pg', 'mongodb', '@prisma/*', '**/store/**'],
  message: 'Resolvers and domain code reach data through the functions passed to them.',
};
const noGraphql = { group: ['graphql', '@apollo/*'], message: 'The domain knows no GraphQL.' };
const noDeepKit = {
  group: ['@souk/*/src/*', '@souk/*/dist/*'],
  message: "Import a workspace's exported sub-path instead.",
};

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/**',
      '**/dist/**',
      '**/__generated__/**',
      '**/prisma-client/**',
      'schema/**',
      '.souk/**',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      globals: globals.node,
      parserOptions: { projectService: true, tsconfigRootDir: root, extraFileExtensions: ['.vue'] },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      // Objects here are closures, not classes: their methods use no `this`.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      'no-restricted-imports': ['error', { patterns: [noDeepKit] }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read the environment in a config module only.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.object.name="AbortSignal"][callee.property.name="any"] CallExpression[callee.object.name="AbortSignal"]',
          message:
            'Nothing keeps such a timeout from the garbage collector. Use inTime of @souk/kit/lifecycle.',
        },
      ],
      // `== null` means null or undefined: GraphQL knows both.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  boundary(
    ['packages/kit/src/**/*.ts'],
    [noDeepKit, { group: ['@souk/*'], message: 'The kit depends on no other workspace.' }],
  ),
  boundary(['subgraphs/*/src/**/*.ts'], [noDeepKit, noOtherSubgraph]),
  boundary(
    ['subgraphs/*/src/resolvers/**/*.ts'],
    [noDeepKit, noOtherSubgraph, { ...noDatabase, group: ['pg', 'mongodb', '@prisma/*'] }],
  ),
  boundary(['subgraphs/*/src/domain/**/*.ts'], [noDeepKit, noOtherSubgraph, noDatabase, noGraphql]),
  boundary(['gateway/src/**/*.ts'], [noDeepKit, noOtherSubgraph]),
  {
    files: [
      '**/config.ts',
      '**/config/**',
      '**/main.ts',
      '**/*.test.ts',
      'tests/**',
      'packages/tooling/**',
      'packages/testkit/**',
      'packages/cli/src/**',
    ],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['**/*.test.ts', '**/*.contract.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.object.name="vi"][callee.property.name="waitFor"][arguments.length=1]',
          message: 'It gives up after one second. Use expect.poll, whose limit is that of the configuration.',
        },
      ],
    },
  },
  ...vue.configs['flat/recommended'],
  {
    files: ['client/**/*.vue'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: tseslint.parser } },
    rules: {
      // Only vue-tsc sees through to the types of other components; it checks these.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'vue/require-default-prop': 'off',
    },
  },
  {
    files: ['client/**/*.ts', 'client/public/**/*.js', 'gateway/playground/**/*.js'],
    languageOptions: { globals: globals.browser },
  },
  { files: ['**/*.{js,mjs}'], ...tseslint.configs.disableTypeChecked },
  prettier,
);
