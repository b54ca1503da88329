import { existsSync } from 'node:fs';
import path from 'node:path';

/** One kind of package, and whether it can be made here. */
export interface TargetPlan {
  readonly name: string;
  /** Why it can't be made on this machine, in words; undefined when it can. */
  readonly obstacle?: string;
}

export interface Plan {
  /** electron-builder's switch for the platform. */
  readonly platform: '--linux' | '--mac' | '--win';
  readonly targets: readonly TargetPlan[];
  /** The facts electron-builder needs about the tools of this machine. */
  readonly environment: Readonly<Record<string, string>>;
}

interface Machine {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  /** Whether electron-builder can fetch its tools from GitHub. */
  readonly toolsReachable: boolean;
  /** The absolute path of a program, if it is installed. */
  readonly find: (program: string) => string | undefined;
  /** The stand-in for fpm. */
  readonly debTool: string;
}

/** Decides what can be packaged here: never another platform's packages, and on Linux only what there are tools for. */
export function planTargets(machine: Machine): Plan {
  switch (machine.platform) {
    case 'darwin':
      return { platform: '--mac', targets: [{ name: 'dmg' }, { name: 'zip' }], environment: {} };
    case 'win32':
      return { platform: '--win', targets: [{ name: 'nsis' }, { name: 'msi' }], environment: {} };
    default:
      return planLinux(machine);
  }
}

function planLinux({ environment: given, toolsReachable, find, debTool }: Machine): Plan {
  // Level 9, the default, takes minutes for half a percent.
  const environment: Record<string, string> = {
    ELECTRON_BUILDER_COMPRESSION_LEVEL: given.ELECTRON_BUILDER_COMPRESSION_LEVEL ?? '6',
  };
  const targets: TargetPlan[] = [];

  const archiver = given.ELECTRON_BUILDER_7ZIP_PATH ?? find('7za') ?? find('7z');
  if (archiver) environment.ELECTRON_BUILDER_7ZIP_PATH = archiver;
  targets.push({
    name: 'tar.gz',
    ...(!archiver && !toolsReachable && { obstacle: '7za is not installed (apt-get install p7zip-full)' }),
  });

  if (given.CUSTOM_FPM_PATH || toolsReachable) {
    targets.push({ name: 'deb' });
  } else if (find('fpm')) {
    environment.USE_SYSTEM_FPM = 'true';
    targets.push({ name: 'deb' });
  } else if (find('dpkg-deb')) {
    environment.CUSTOM_FPM_PATH = debTool;
    targets.push({ name: 'deb' });
  } else {
    targets.push({
      name: 'deb',
      obstacle: 'neither fpm nor dpkg-deb is installed, and GitHub cannot be reached',
    });
  }

  targets.push({
    name: 'AppImage',
    ...(!given.APPIMAGE_TOOLS_PATH &&
      !toolsReachable && { obstacle: 'its tools come from GitHub, which cannot be reached' }),
  });
  return { platform: '--linux', targets, environment };
}

/** The packages of the other platforms, which need those platforms' own tools and signatures. */
export function elsewhere(platform: NodeJS.Platform): TargetPlan[] {
  return [
    { name: 'NSIS installer and MSI', obstacle: 'run npm run package on Windows', on: 'win32' },
    { name: 'dmg and zip', obstacle: 'run npm run package on macOS', on: 'darwin' },
    { name: 'AppImage and deb', obstacle: 'run npm run package on Linux', on: 'linux' },
  ]
    .filter(({ on }) => on !== platform)
    .map(({ name, obstacle }) => ({ name, obstacle }));
}

/** Looks a program up in PATH. */
export function findProgram(program: string, searchPath = process.env.PATH ?? ''): string | undefined {
  return searchPath
    .split(path.delimiter)
    .map((folder) => path.join(folder, program))
    .find((candidate) => path.isAbsolute(candidate) && existsSync(candidate));
}
