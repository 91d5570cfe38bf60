import ts from 'typescript-eslint';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';

const capabilities = [
  'organisation',
  'members',
  'meetings',
  'tasks',
  'resolutions',
  'visits',
  'classification',
  'exchange',
  'accounts',
  'dashboard',
  'documents',
];

// A capability may use another one only through its index.ts, as in src/ of the server.
const through_the_front_door = {
  files: ['src/**'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `\\.\\./(${capabilities.join('|')})/(?!index$)`,
            message: 'Import another capability through its index.ts.',
          },
        ],
      },
    ],
  },
};

// What lies below knows nothing of what lies above it.
const below = (files, above, message) => ({
  files,
  rules: {
    'no-restricted-imports': ['error', { patterns: [{ regex: `\\.\\./(${above.join('|')})/`, message }] }],
  },
});

export default ts.config(
  ...ts.configs.recommended,
  ...svelte.configs['flat/recommended'],
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser } } },
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Addresses come from the list of pages, which the router checks; SvelteKit's resolve() is not here.
      'svelte/no-navigation-without-resolve': 'off',
      // State here is replaced, never changed in place: $state.raw with a new Map or Set.
      'svelte/prefer-svelte-reactivity': 'off',
      eqeqeq: ['error', 'always'],
    },
  },
  through_the_front_door,
  below(
    ['src/platform/**'],
    ['ui', 'app', ...capabilities],
    'platform/ stands below everything else in src/.',
  ),
  below(['src/ui/**'], ['app', ...capabilities], 'ui/ knows no capability.'),
  { ignores: ['dist', 'tools/planted', 'src/platform/types.ts', 'src/platform/text_keys.ts'] },
);
