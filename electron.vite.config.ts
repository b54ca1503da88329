/**
 * One build for the desktop app and for the browser.
 *
 * Main and preload are CommonJS for Node 18 and Chrome 114, so that the same build runs on the official Electron
 * and on the older one of closed networks, and because a sandboxed preload can't be a module. Everything is
 * bundled: the packaged app carries no node_modules.
 */
import { lingui } from '@lingui/vite-plugin';
import { markedWords } from './marked-words.vite.ts';
import { defineConfig } from 'electron-vite';
import react from '@vitejs/plugin-react';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

const at = (path: string) => resolve(import.meta.dirname, path);

/**
 * The pages are served from `app://main/…`, `app://admin/…` and by the API server from `/…`, at any depth of
 * route (`/purchase-orders/42`), so their assets need the absolute base `/`. electron-vite insists on `./` in
 * production; this plugin runs after its preset and puts it right.
 */
const absoluteBase: Plugin = { name: 'quartermaster:absolute-base', config: () => ({ base: '/' }) };

/** `npm run package` builds into a folder of its own, so that it never pulls the pages from under a running app. */
const output = (folder: string) => at(`${process.env.QM_PACKAGE_DIR ?? '.'}/out/${folder}`);

/**
 * A release may know its installation, so that nobody has to type addresses: only `npm run package` bakes them in,
 * and the app's environment and settings still go before them.
 */
const builtIn = Object.fromEntries(
  Object.entries({
    QM_BUILT_API_URL: process.env.QM_API_URL,
    QM_BUILT_AUTH_URL: process.env.QM_AUTH_URL ?? process.env.SUPABASE_URL,
    QM_BUILT_ANON_KEY: process.env.SUPABASE_ANON_KEY,
    QM_BUILT_WEB_URL: process.env.QM_WEB_URL,
    QM_BUILT_UPDATE_URL: process.env.QM_UPDATE_URL,
    // Not the path but the root itself: an installation trusts what it was built with.
    QM_BUILT_UPDATE_ROOT: process.env.QM_UPDATE_ROOT && readFileSync(process.env.QM_UPDATE_ROOT, 'utf8'),
    QM_BUILT_UPDATE_CHANNEL: process.env.QM_UPDATE_CHANNEL,
  }).map(([name, value]) => [
    `import.meta.env.${name}`,
    JSON.stringify(process.env.QM_PACKAGE_DIR ? (value ?? '') : ''),
  ]),
);

export default defineConfig({
  main: {
    plugins: [markedWords, lingui()],
    define: builtIn,
    build: {
      target: 'node18',
      externalizeDeps: false,
      outDir: output('main'),
      emptyOutDir: true,
      rolldownOptions: {
        input: { index: at('electron/main/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    build: {
      target: 'node18',
      externalizeDeps: false,
      // A sandboxed preload can't require a shared chunk: each is one file of its own.
      isolatedEntries: true,
      outDir: output('preload'),
      emptyOutDir: true,
      rolldownOptions: {
        input: { main: at('electron/preload/main.ts'), admin: at('electron/preload/admin.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [markedWords, lingui(), react(), absoluteBase],
    build: {
      target: 'chrome114',
      outDir: output('renderer'),
      emptyOutDir: true,
      minify: true,
      rolldownOptions: {
        input: { main: at('renderer/main/index.html'), admin: at('renderer/admin/index.html') },
      },
    },
  },
});
