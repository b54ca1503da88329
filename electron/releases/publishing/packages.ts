import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Description, PackageKind } from '../artefact.ts';

/** A package, read from the file name that electron-builder.config.cjs gives it. */
export interface BuiltPackage {
  readonly file: string;
  readonly platform: Description['platform'];
  readonly arch: Description['arch'];
  readonly kind: PackageKind;
}

const platforms = { linux: 'linux', win: 'win32', mac: 'darwin' } as const;
/** Each packaging tool has its own name for a processor. */
const processors = {
  x64: 'x64',
  x86_64: 'x64',
  amd64: 'x64',
  arm64: 'arm64',
  aarch64: 'arm64',
} as const;
const kinds: Readonly<Record<string, PackageKind>> = {
  'linux AppImage': 'appimage',
  'linux tar.gz': 'folder',
  'linux deb': 'deb',
  'win exe': 'nsis',
  'win msi': 'msi',
  'mac zip': 'mac',
  'mac dmg': 'dmg',
};

/** The packages of a version among the files of a folder; other files are left alone. */
export function findPackages(folder: string, version: string): BuiltPackage[] {
  const begin = `Quartermaster-${version}-`;
  return readdirSync(folder)
    .sort()
    .flatMap((name): BuiltPackage[] => {
      if (!name.startsWith(begin)) return [];
      const found = /^(linux|win|mac)-(x64|x86_64|amd64|arm64|aarch64)\.(.+)$/.exec(name.slice(begin.length));
      const [, os, processor, end] = found ?? [];
      const kind = kinds[`${os} ${end}`];
      if (kind === undefined) return [];
      return [
        {
          file: path.join(folder, name),
          platform: platforms[os as keyof typeof platforms],
          arch: processors[processor as keyof typeof processors],
          kind,
        },
      ];
    });
}
