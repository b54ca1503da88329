import path from 'node:path';
import type { ChannelOfReleases, Installation, PackageKind } from '../../releases/artefact.ts';

/** The facts about this computer that show how the app was installed. */
export interface Surroundings {
  readonly version: string;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly execPath: string;
  /** Set by an AppImage's own start: the file that was opened. */
  readonly appImage: string | undefined;
  readonly exists: (file: string) => boolean;
  readonly isWritable: (file: string) => boolean;
}

/** Who installs new versions where the app does not. */
export type Manager = 'administrators' | 'packageManager' | 'fileOwner';

/** An installation that updates itself, or who updates it instead. */
export type Found = { readonly installation: Installation } | { readonly managedBy: Manager };

/** What is installed here, and whether it may replace itself. */
export function findInstallation(around: Surroundings, channel: ChannelOfReleases): Found {
  const { version, platform, arch } = around;
  const kind = kindOf(around);
  if (typeof kind === 'object') return kind;
  return { installation: { version, platform, arch, kind, channel } };
}

function kindOf({
  platform,
  execPath,
  appImage,
  exists,
  isWritable,
}: Surroundings): PackageKind | { managedBy: Manager } {
  const folder = path.dirname(execPath);
  switch (platform) {
    case 'darwin':
      return 'mac';
    case 'win32':
      // The installer for one person leaves its uninstaller there; an MSI of a managed fleet doesn't.
      return exists(path.win32.join(path.win32.dirname(execPath), 'Uninstall Quartermaster.exe'))
        ? 'nsis'
        : { managedBy: 'administrators' };
    default:
      if (appImage !== undefined && path.isAbsolute(appImage) && exists(appImage)) {
        return isWritable(path.dirname(appImage)) ? 'appimage' : { managedBy: 'fileOwner' };
      }
      if (exists(path.join(folder, 'resources', 'package-type'))) {
        return { managedBy: 'packageManager' };
      }
      return isWritable(folder) ? 'folder' : { managedBy: 'administrators' };
  }
}
