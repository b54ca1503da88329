import js from '@eslint/js';
import lingui from 'eslint-plugin-lingui';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Channels go through the one registering function and the preloads, where sender and arguments are checked. */
const rawIpc = {
  name: 'electron',
  importNames: ['ipcMain', 'ipcRenderer'],
  message: 'Channels are registered in electron/ipc and called in electron/preload only.',
};

/** Mantine's number input silently drops keys, keeps the cursor inside the old figure, and calculates in floats. */
const numberInput = {
  name: '@mantine/core',
  importNames: ['NumberInput'],
  message: 'Figures are typed in DecimalField and NumberField of renderer/ui.',
};

/** Inputs that renderer/ui replaces: typing, display and the list on a handheld are decided there, once. */
const wrappedInputs = [
  {
    name: '@mantine/core',
    importNames: ['Select', 'NativeSelect', 'MultiSelect'],
    message: 'Choices are made in ShortList, RecordSelect and the filters of FilterBar, all of renderer/ui.',
  },
  {
    name: '@mantine/dates',
    message: 'Days and moments are typed in DayField, DayInput, DayRange and MomentInput of renderer/ui.',
  },
];

const ownClock = {
  name: 'dayjs',
  message: 'Days and moments are the company’s: renderer/ui/moments.ts shows and reads them.',
};
/** The clock of the person's own computer, which may be wrong or in another time zone. */
const noLocalClock = {
  selector:
    'CallExpression[callee.property.name=/^(getDate|getDay|getMonth|getFullYear|getHours|getMinutes|toLocaleDateString|toLocaleTimeString|toLocaleString)$/]',
  message: ownClock.message,
};

const noSqlOutsideOfRepos = {
  selector:
    'CallExpression[callee.property.name=/^(selectFrom|insertInto|updateTable|deleteFrom|mergeInto|executeQuery)$/]',
  message: 'SQL is spoken in *.repo.ts only.',
};

/** Statements of one connection run in the order they are sent; code that relies on it must say so. */
const noUnnamedOrder = {
  selector: "MemberExpression[object.name='Promise'][property.name=/^(all|allSettled|race|any)$/]",
  message:
    'Statements whose order matters are sent by inOrder, others by together (server/db/statement-order.ts).',
};

/** PostgreSQL's day is the one of its server. */
const dayOfTheServer =
  '/current_date|current_time\\b|localtime|(now\\(\\)|timestamp|current_timestamp)\\s*(at time zone [^)]*\\))?\\s*::\\s*date|date_trunc\\([^)]*(now\\(|current_)/i';
const noToday = {
  selector: `:matches(TemplateElement[value.raw=${dayOfTheServer}], Literal[value=${dayOfTheServer}])`,
  message: 'Today is the day of the tenant: today() of server/ground/days.ts, given to the statement.',
};

/** The types refuse a sentence where a reason belongs; where a text is allowed, this does. */
const noSentences = {
  selector: [
    'NewExpression[callee.name="Problem"] > :matches(Literal[value=/\\s/], TemplateLiteral):nth-child(2)',
    'CallExpression[callee.name=/^(invalidField|refusedField)$/] > :matches(Literal[value=/\\s/], TemplateLiteral):nth-child(2)',
    'CallExpression[callee.name="problemAt"] > :matches(Literal[value=/\\s/], TemplateLiteral):nth-child(3)',
    'CallExpression > ObjectExpression > Property[key.name="error"] > :matches(Literal[value=/\\s/], TemplateLiteral)',
  ].join(', '),
  message: 'What a person reads is a reason of server/ground/reasons, with its parameters.',
};

/** A word followed by another word or a sign. The `ready` line that programs wait for doesn't count. */
const sentence = '/^(?!(ready|listening on) $)[^]*[A-Za-z]{2,}[ ,.:…]/';
const isSentence = `:matches(Literal[value=${sentence}], TemplateElement[value.raw=${sentence}])`;
const catalogued = 'CallExpression[callee.name=/^(words|setUpWords|terminalWords|answerIn)$/] *';

/**
 * An error with words for a person takes them from a catalogue. A plain Error reports a defect of ours, in English, and goes
 * to the log only.
 */
const noSentencesThrown = {
  selector:
    'NewExpression[callee.name=/(Error|Refusal|Refused|Problem)$/]:not([callee.name=/^(Error|TypeError|RangeError|SyntaxError|AggregateError)$/])' +
    ` > .arguments:first-child${isSentence}, ` +
    'NewExpression[callee.name=/(Error|Refusal|Refused|Problem)$/]:not([callee.name=/^(Error|TypeError|RangeError|SyntaxError|AggregateError)$/])' +
    ` > TemplateLiteral.arguments:first-child > TemplateElement[value.raw=${sentence}]`,
  message: 'What a person reads is words of a catalogue, filled in.',
};

/** Every sentence at a terminal comes from a catalogue. Lines for programs (`ready {…}`, JSON) have no sentence. */
const noSentencesAtTerminals = {
  selector: [
    `CallExpression[callee.name=/^(say|log|print|fail)$/] ${isSentence}:not(${catalogued})`,
    `CallExpression[callee.property.name="write"][callee.object.property.name=/^std(out|err)$/] ${isSentence}:not(${catalogued})`,
    `CallExpression[callee.object.name="console"] ${isSentence}:not(${catalogued})`,
    'CallExpression[callee.name="printTable"] > ArrayExpression > Literal[value=/[A-Za-z]/]',
  ].join(', '),
  message:
    'What a person reads at a terminal is words(…) of server/cli/words or setUpWords(…) of server/process/words.',
};

/** A refused setting is worded by the name of its sentence; a schema’s own message would always be English. */
const noSentencesOfSettings = {
  selector:
    'CallExpression > ObjectExpression > Property[key.name="error"] > :matches(Literal[value=/\\s/], TemplateLiteral)',
  message: 'What is wrong with a setting is words of a catalogue.',
};

/**
 * What a person reads is marked (docs/decisions/0015). Types tell codes from words. People never read what follows: single
 * small words, codes, addresses, styles, formats, names of keys.
 */
const wordsOnly = {
  useTsTypes: true,
  ignore: [
    '^(?![A-Z])\\S+$',
    '^[A-Z0-9_.:-]+$',
    '^\\W*$',
    '^(Enter|Escape|Tab|Page(Up|Down)|Arrow(Up|Down|Left|Right)|Backspace|Control|Shift|Meta|Alt|Esc|Home End)$',
    '(DD|MMM|YYYY|HH:mm)',
    '^1px solid',
    '^(en-CA|Asia/Kolkata)$',
    '(minmax|color-mix|var|calc|repeat|rotate|translate|translateY)\\(',
    '^(Quartermaster|Windows|Linux|Android|macOS|Chrome|Edge|Firefox|Opera|Safari|PostgreSQL)$',
    // Keys, commands, selectors, the API's names for its checks, and the people in the demo.
    '^(Ctrl|Alt|Shift)\\+|^Space$|^npm run |^\\[data-|^\\(max-width|^(login rights|row-level security)$|^(Acme,? |Globex,? |Asha )|^[v\\W]+$',
  ],
  ignoreNames: [
    { regex: { pattern: '(className|style|path|component|transition|gridTemplate|fontFamily)', flags: 'i' } },
    'type',
    'id',
    'd',
    'viewBox',
    'key',
    'role',
    'to',
    'href',
    'rel',
    'autoComplete',
    'inputMode',
    'name',
    'template',
    'Authorization',
    'authorization',
    'accept',
    'width',
    'height',
  ],
  ignoreFunctions: [
    'Error',
    'TypeError',
    'console.*',
    'classNames',
    '*.querySelector*',
    '*.closest',
    '*.matches',
    '*.addEventListener',
    '*.removeEventListener',
    '*.setAttribute',
    '*.getAttribute',
    '*.startsWith',
    '*.endsWith',
    '*.includes',
    '*.split',
    '*.join',
    '*.replace',
    '*.replaceAll',
    '*.getItem',
    '*.setItem',
    '*.removeItem',
    '*.format',
    '*.normalize',
    '*.getElementById',
    'matchMedia',
    '*.matchMedia',
    'useMediaQuery',
  ],
};

/** The desktop shell reports failures to standard error, in English; its switches belong to Chromium. */
const wordsOfShell = {
  ...wordsOnly,
  ignore: [...wordsOnly.ignore, '; charset=utf-8$', '^public, max-age', '^<!doctype'],
  ignoreNames: [...wordsOnly.ignoreNames, 'accelerator'],
  ignoreFunctions: [...wordsOnly.ignoreFunctions, 'report', '*.report', '*.commandLine.*'],
};

export default defineConfig(
  globalIgnores([
    '**/node_modules',
    'out',
    'release',
    'dist-server',
    '.data',
    '.cache',
    'coverage',
    'bench-results',
    'test-results',
    'playwright-report',
    // Wrong on purpose: the boundary tests prove that these are refused.
    'tests/boundaries/cases',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // Interfaces of libraries (Fastify's handlers, Kysely's plugins) ask for async functions that need not wait.
      '@typescript-eslint/require-await': 'off',
    },
  },
  { files: ['renderer/**/*.{ts,tsx}'], extends: [reactHooks.configs.flat.recommended] },
  {
    files: ['**/*.{ts,tsx}'],
    ignores: ['electron/ipc/**', 'electron/preload/**'],
    rules: { 'no-restricted-imports': ['error', { paths: [rawIpc] }] },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-imports': ['error', { paths: [rawIpc, numberInput, ownClock] }],
      'no-restricted-syntax': ['error', noLocalClock],
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    ignores: ['renderer/ui/**', '**/*.test.*'],
    rules: {
      'no-restricted-imports': ['error', { paths: [rawIpc, numberInput, ownClock, ...wrappedInputs] }],
    },
  },
  {
    files: ['renderer/ui/moments.ts', 'renderer/**/*.test.{ts,tsx}'],
    rules: { 'no-restricted-imports': ['error', { paths: [rawIpc, numberInput] }] },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    ignores: ['**/*.test.*', '**/testing/**', 'renderer/words/**'],
    plugins: { lingui },
    rules: { 'lingui/no-unlocalized-strings': ['error', wordsOnly] },
  },
  {
    files: ['electron/main/**/*.ts', 'electron/ipc/answer.ts'],
    // What these tests find out about packages and feeds goes into the report.
    ignores: [
      '**/*.test.*',
      '**/testing/**',
      'electron/main/settings/policy.ts',
      'electron/main/updates/installation.ts',
    ],
    plugins: { lingui },
    rules: { 'lingui/no-unlocalized-strings': ['error', wordsOfShell] },
  },
  {
    files: ['server/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', noToday, noSentences, noSentencesThrown] },
  },
  {
    files: ['server/{db,documents,domains}/**/*.ts'],
    ignores: ['**/*.test.ts', 'server/db/statement-order.ts', 'server/db/mutation.ts'],
    rules: { 'no-restricted-syntax': ['error', noUnnamedOrder, noToday, noSentences, noSentencesThrown] },
  },
  {
    // The import lint keeps the SQL libraries out of services and routers; this keeps them from using the pool they hold.
    files: ['server/admin/**/*.ts'],
    ignores: ['**/*.repo.ts', '**/*.test.ts'],
    rules: {
      'no-restricted-syntax': ['error', noSqlOutsideOfRepos, noToday, noSentences, noSentencesThrown],
    },
  },
  {
    files: ['server/{domains,ladder}/**/*.ts'],
    ignores: ['**/*.repo.ts', '**/*.test.ts', 'server/ladder/tenant-access.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        noSqlOutsideOfRepos,
        noUnnamedOrder,
        noToday,
        noSentences,
        noSentencesThrown,
      ],
    },
  },
  {
    // The environment and the command line are read at a terminal; the local auth server has words of its own.
    files: ['server/{config,main}.ts', 'server/{auth-server,cli,local,process}/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        noToday,
        noSentencesThrown,
        noSentencesAtTerminals,
        noSentencesOfSettings,
      ],
    },
  },
  { files: ['server/**/*.test.ts'], rules: { 'no-restricted-syntax': ['error', noToday] } },
  {
    // What builds, tests and measures the product for whoever develops it.
    files: ['server/cli/{bench,reasons,tenant-schema,test}.ts', 'server/cli/test/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', noToday] },
  },
  {
    // The set-up runs before there are dependencies, and has a catalogue without any.
    files: ['server/{cli,process}/**/*.mjs'],
    // In place of a program that electron-builder calls.
    ignores: ['server/cli/package/fpm-over-dpkg-deb.mjs'],
    rules: { 'no-restricted-syntax': ['error', noSentencesThrown, noSentencesAtTerminals] },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'fetch',
          'URL',
          'AbortController',
          'AbortSignal',
          'Buffer',
          'module',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
);
