import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Time and chance reach the code through these two doors only, so that a test can hold them still. */
const ambientTime = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'take a Clock from @reroot/shared/clock' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'take a Clock from @reroot/shared/clock' },
];
const ambientChance = [
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'take a random source as an argument' },
];

const deepImports = [
  {
    group: ['@reroot/*/src/*', '@reroot/*/src'],
    message: "import a package by one of its doors ('exports' in its package.json)",
  },
  { group: ['../**/packages/*', '../../../../*/src/**'], message: 'import another package by its name' },
];

const tests = ['**/*.test.ts', 'test/**/*.ts', '**/testing/**/*.ts', 'packages/agent/src/cluster/cluster-contract.ts'];

export default defineConfig(
  globalIgnores(['**/node_modules/', 'coverage/', 'packages/dashboard/dist/', 'packages/shared/src/protocol/generated/']),
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './packages/dashboard/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...ambientTime, ...ambientChance],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: deepImports }],
      '@typescript-eslint/no-misused-spread': ['error', { allow: [{ from: 'lib', name: 'string' }] }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Ports are async by contract even where an implementation answers at once.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
    },
  },
  {
    // The outermost shells: here the machine's clock and chance enter, and are handed inwards.
    files: [
      'packages/shared/src/{clock,lifecycle,log}/**',
      'packages/simulator/src/**',
      'packages/*/src/main.ts',
      'packages/dashboard/src/main.tsx',
      'test/**',
      'tools/**',
    ],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // Tools read the sources they generate from, without being a package of the workspace.
    files: ['tools/**'],
    rules: { '@typescript-eslint/no-restricted-imports': 'off' },
  },
  {
    files: tests,
    rules: {
      'no-restricted-syntax': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
