import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder that holds `migrations`: the repository, or the folder `npm run build:server` made. */
function rootFolder(): string {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'migrations'))) return folder;
    if (folder === path.dirname(folder))
      throw new Error('The folder migrations is missing beside the server.');
  }
}

const root = rootFolder();
const built = path.join(root, 'web');

export const migrationsFolder = path.join(root, 'migrations');
/** The built interface: `web` of a server's folder, else what `npm run build` made. */
export const webFolder = existsSync(built) ? built : path.join(root, 'out/renderer');
const copied = path.join(root, 'fonts');
/** The fonts that are drawn with on the server: `fonts` of a server's folder, else the installed package's. */
export const fontsFolder = existsSync(copied)
  ? copied
  : path.join(root, 'node_modules/@fontsource/ibm-plex-sans-devanagari/files');
export const dataFolder = path.join(root, '.data');
