/**
 * npm run build:server [-- --out=dist-server]
 * Makes a folder that runs with plain Node 24 and nothing else: the API (`node main.js`), the tenants' commands, the
 * migrations and the built interface. The local default (embedded PostgreSQL, local auth server, demo data) stays out.
 */
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { ensureBuilt } from './start/app-build.ts';
import { fontsFolder } from '../process/folders.ts';
import { setUpWords } from '../process/words/set-up-words.mjs';

const repoRoot = path.resolve(import.meta.dirname, '../..');
const commands = [
  'provision-tenant',
  'migrate-domain',
  'deprovision-tenant',
  'export-tenant',
  'restore-tenant',
  'move-tenant',
  'clusters',
  'rotate-secret-key',
  'reconcile',
  'tenants',
  'sessions',
  'audit',
  'operators',
];

/** Packages that can't be bundled; they have no dependencies. */
const copiedPackages = ['harfbuzzjs'];
/** The fonts of labels. */
const labelFonts = /-(latin|latin-ext|devanagari)-(400|600)-normal\.woff$/;

const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist-server' } } });
const target = path.resolve(repoRoot, values.out);
const draft = `${target}.new`;
const say = (line: string) => void process.stdout.write(`${line}\n`);

const inRepository = (...parts: string[]) => path.join(repoRoot, ...parts);

/** The programs to start, by their names in the folder. */
const entries: Record<string, string> = { main: inRepository('server/main.ts') };
for (const name of commands) entries[name] = inRepository('server/cli', `${name}.ts`);

async function bundle(): Promise<void> {
  const instead = inRepository('server/cli/build-server/environment-services.ts');
  await build({
    configFile: false,
    root: repoRoot,
    logLevel: 'warn',
    resolve: {
      alias: [{ find: /^.*\/local\/(with-local-services|data-directory)\.ts$/, replacement: instead }],
    },
    // HarfBuzz finds its WebAssembly beside itself.
    ssr: { noExternal: true, external: [...copiedPackages], target: 'node' },
    build: {
      ssr: true,
      target: 'node24',
      outDir: draft,
      emptyOutDir: true,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: entries,
        // pg's optional native client; the product doesn't use it.
        external: ['pg-native'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
}

await ensureBuilt(repoRoot, say);
await rm(draft, { recursive: true, force: true });
await bundle();
await cp(inRepository('migrations'), path.join(draft, 'migrations'), { recursive: true });
for (const copied of copiedPackages) {
  await cp(inRepository('node_modules', copied), path.join(draft, 'node_modules', copied), {
    recursive: true,
  });
}
await cp(fontsFolder, path.join(draft, 'fonts'), {
  recursive: true,
  filter: (file) => file === fontsFolder || labelFonts.test(file),
});
await cp(inRepository('out/renderer'), path.join(draft, 'web'), { recursive: true });
const { name, version } = JSON.parse(await readFile(inRepository('package.json'), 'utf8')) as {
  name: string;
  version: string;
};
const manifest = {
  name: `${name}-server`,
  version,
  private: true,
  type: 'module',
  engines: { node: '>=24.2' },
};
await writeFile(path.join(draft, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
await mkdir(path.dirname(target), { recursive: true });
await rm(target, { recursive: true, force: true });
await rename(draft, target);
const command = `node ${path.join(path.relative(process.cwd(), target), 'main.js')}`;
say(setUpWords('built.server', { folder: target, command }));
