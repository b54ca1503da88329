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
export const dataFolder = path.join(root, '.data');
