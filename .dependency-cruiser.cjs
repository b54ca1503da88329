/** The directions of the design. `npm run check:boundaries` fails on a wrong import; tests/boundaries proves it. */

const tests = '\\.test\\.tsx?$';

/** Where SQL may be written. The platform's services work through tenancy, the domains' through their repositories. */
const speaksSql = ['\\.repo\\.ts$', '^server/(control-plane|tenancy|auth|auth-server|db|local|cli)/'];

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** The rooms of the server from the ground up: a room imports from those below it only, values and types. */
const floors = [
  { ground: '^server/ground/' },
  { process: '^server/process/' },
  { config: '^server/config\\.ts$' },
  { db: '^server/db/' },
  { permissions: '^server/permissions/' },
  { 'control-plane': '^server/control-plane/' },
  { auth: '^server/auth/' },
  { tenancy: '^server/tenancy/' },
  { ladder: '^server/ladder/' },
  { documents: '^server/documents/' },
  { domains: '^server/domains/', admin: '^server/admin/' },
  { router: '^server/(router|platform)\\.ts$' },
  { http: '^server/http/' },
  { main: '^server/main\\.ts$' },
  // A package of its own: it uses no room of the server, and the rooms that may use it are listed above.
  { 'auth-server': '^server/auth-server/' },
  { local: '^server/local/' },
  { cli: '^server/cli/' },
];
const rooms = floors.flatMap((floor) => Object.values(floor));

/** For each room: none above, and none beside it. */
const importsDown = floors.flatMap((floor, level) =>
  Object.entries(floor).map(([name, path]) =>
    forbid(
      `${name}-imports-from-below`,
      'A room imports from the rooms below it only.',
      { path, pathNot: tests },
      { path: floors.slice(level).flatMap((other) => Object.values(other)), pathNot: path },
    ),
  ),
);

module.exports = {
  forbidden: [
    ...importsDown,
    forbid(
      'auth-server-stands-alone',
      'The local auth server is a package of its own: it imports nothing of the house.',
      { path: '^server/auth-server/', pathNot: tests },
      { path: '^(server|electron|renderer)/', pathNot: '^server/auth-server/' },
    ),
    forbid(
      'auth-server-has-one-door',
      'What others may use of the local auth server is exported by its index.ts.',
      { path: '^(server|electron|renderer)/', pathNot: '^server/auth-server/' },
      { path: '^server/auth-server/', pathNot: '^server/auth-server/index\\.ts$' },
    ),
    forbid(
      'rooms-have-a-floor',
      'A new room of the server is given its place among the floors first.',
      { path: '^server/', pathNot: [...rooms, tests] },
      {},
    ),
    forbid(
      'rooms-without-a-floor-are-closed',
      'A new room of the server is given its place among the floors first.',
      {},
      { path: '^server/', pathNot: rooms },
    ),
    forbid(
      'renderer-uses-contracts-only',
      'Of the server the renderer knows contracts (values and types) and the type of the router, nothing else.',
      { path: '^renderer/', pathNot: tests },
      { path: '^server/', pathNot: ['\\.contract\\.ts$', '^server/router\\.ts$'] },
    ),
    forbid(
      'renderer-knows-the-router-as-a-type',
      'Importing the router by value would bundle the server into the windows.',
      { path: '^renderer/', pathNot: tests },
      { path: '^server/router\\.ts$', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'renderer-knows-ipc-as-a-type',
      'The windows reach the shell through the preload; of electron/ they may name the types of its contract, and read the links of mails as it does.',
      { path: '^renderer/' },
      { path: '^electron/', pathNot: '^electron/ipc/(contract|mail-link)\\.ts$' },
    ),
    forbid(
      'ipc-contract-as-a-type',
      'The values of the IPC contract are for the shell and the preloads.',
      { path: '^renderer/', pathNot: tests },
      { path: '^electron/ipc/contract\\.ts$', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'contracts-are-pure',
      'A contract is read on both sides: zod, exact decimals, messages and other contracts only.',
      { path: '^server/.*\\.contract\\.ts$' },
      { pathNot: ['\\.contract\\.ts$', '^node_modules/(zod|decimal\\.js|@lingui/(core|message-utils))/'] },
    ),
    forbid(
      'server-stands-alone',
      'The server knows neither the shell nor the windows. Its commands publish what the shell follows.',
      { path: '^server/', pathNot: '^server/cli/release' },
      {
        path: [
          '^(electron|renderer)/',
          '^node_modules/(electron|electron-store|electron-updater|react|react-dom)/',
        ],
      },
    ),
    forbid(
      'commands-know-releases-only',
      'Of the shell, the commands that publish releases know what a release is.',
      { path: '^server/cli/release' },
      {
        path: [
          '^(electron|renderer)/',
          '^node_modules/(electron|electron-store|electron-updater|react|react-dom)/',
        ],
        pathNot: '^electron/releases/',
      },
    ),
    forbid(
      'shell-knows-no-business',
      'The shell knows neither the server nor the windows.',
      { path: '^electron/' },
      { path: '^(server|renderer)/' },
    ),
    forbid(
      'releases-stand-alone',
      'What a release is, and how one is published and followed, is below both the shell and the commands.',
      { path: '^electron/releases/', pathNot: tests },
      { path: '^(electron|renderer|server)/', pathNot: '^electron/releases/' },
    ),
    forbid(
      'publishing-stays-with-the-publisher',
      'The app follows releases; what signs them is not in it.',
      { path: '^(electron|renderer)/', pathNot: ['^electron/releases/publishing/', '/testing/', tests] },
      { path: '^electron/releases/publishing/' },
    ),
    forbid(
      'windows-know-no-releases',
      'The windows hear of updates from the shell.',
      { path: '^renderer/' },
      { path: '^electron/releases/' },
    ),
    forbid(
      'windows-have-no-node',
      'A sandboxed window has no Node and no Electron.',
      { path: '^renderer/', pathNot: tests },
      { path: ['^node_modules/(electron|electron-store|electron-updater|fastify|pg|kysely)/'] },
    ),
    forbid(
      'windows-have-no-node-core',
      'A sandboxed window has no Node.',
      { path: '^renderer/', pathNot: tests },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'windows-keep-apart',
      'The admin window and the staff window share domains, ui and lib, never each other.',
      { path: '^renderer/(main|admin)/' },
      { path: '^renderer/(main|admin)/', pathNot: '^renderer/$1/' },
    ),
    forbid(
      'domains-know-no-window',
      'Screens are composed by the windows, not the other way round.',
      { path: '^renderer/(domains|documents|lib)/', pathNot: tests },
      { path: '^renderer/(main|admin)/' },
    ),
    forbid(
      'lib-knows-no-domain',
      'renderer/lib serves every domain.',
      { path: '^renderer/lib/', pathNot: tests },
      { path: '^renderer/(domains|documents)/' },
    ),
    forbid(
      'documents-know-no-domain',
      'The page, the editor and the list of documents are made from what a domain tells of its own.',
      { path: '^renderer/documents/', pathNot: tests },
      {
        path: ['^renderer/domains/', '^server/domains/'],
        // Goods and the places where they lie are what all documents are about.
        pathNot: '^server/domains/(products|warehouses)/',
      },
    ),
    forbid(
      'ui-imports-nothing-of-ours',
      'renderer/ui is presentation only. The ground floor’s own vocabulary (what day it is, how figures are grouped) it shares with the server.',
      { path: '^renderer/ui/', pathNot: tests },
      {
        path: '^(renderer|server|electron)/',
        pathNot: ['^renderer/ui/', '^server/ground/(days|figures|languages)\\.contract\\.ts$'],
      },
    ),
    forbid(
      'sql-in-repositories-only',
      'Only repositories, tenancy, auth and db speak SQL; others may name the types.',
      { path: '^server/', pathNot: [...speaksSql, tests] },
      { path: '^node_modules/(pg|kysely)/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'domains-meet-through-services',
      'Of another domain: its service, its contract, and what it publishes for statements. Its other repositories are its own.',
      { path: '^server/domains/([^/]+)/', pathNot: tests },
      {
        path: '^server/domains/[^/]+/',
        pathNot: ['^server/domains/$1/', '\\.(service|contract)\\.ts$', '/published\\.repo\\.ts$'],
      },
    ),
    forbid(
      'routers-leave-sql-to-services',
      'router → service → repository.',
      { path: '^server/.*\\.router\\.ts$' },
      { path: '\\.repo\\.ts$' },
    ),
    forbid(
      'repositories-know-no-service',
      'Data flows one way: router → service → repository.',
      { path: '\\.repo\\.ts$' },
      { path: ['\\.(service|router)\\.ts$'], dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'product-without-the-local-default',
      'The embedded database, the local auth server and the commands stay out of what operators run.',
      { path: '^server/', pathNot: ['^server/(auth-server|local|cli)/', tests] },
      { path: '^server/(auth-server|local|cli)/' },
    ),
    forbid(
      'product-without-development-packages',
      'What ships must be in dependencies.',
      {
        path: '^(server|electron|renderer)/',
        pathNot: ['^server/(auth-server|local|cli)/', '^electron/packaging/', '/testing/', tests],
      },
      {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        // The Electron it runs in provides it; it is never bundled.
        pathNot: '^node_modules/electron/',
      },
    ),
    forbid(
      'no-undeclared-packages',
      'A package must be in package.json.',
      {},
      {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown'],
      },
    ),
    forbid('resolvable', 'An import must lead somewhere.', {}, { couldNotResolve: true }),
    forbid('no-cycles', 'Data flows one way.', {}, { circular: true }),
    forbid(
      'no-orphans',
      'A file nobody imports is forgotten.',
      {
        orphan: true,
        pathNot: [
          tests,
          '\\.d\\.m?ts$',
          '^server/cli/',
          '^server/main\\.ts$',
          '(^|/)(index|main|admin)\\.tsx?$',
        ],
      },
      {},
    ),
    forbid(
      'tests-stay-apart',
      'No product code imports tests or fixtures.',
      { path: '^(server|electron|renderer)/', pathNot: tests },
      { path: ['^tests/', tests] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.css$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'],
    },
    reporterOptions: { text: { highlightFocused: true } },
  },
};
