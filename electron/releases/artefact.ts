import semver from 'semver';
import { z } from 'zod';

export const channelNames = ['stable', 'beta'] as const;
export type ChannelOfReleases = (typeof channelNames)[number];

/**
 * How the app was installed, and so what can replace it: an AppImage, an unpacked folder, the Windows installer, the
 * archive that Squirrel takes on macOS. Other packages are signed and published too, and are installed by people or by
 * their fleet's own tools.
 */
const packageKinds = ['appimage', 'folder', 'nsis', 'mac', 'deb', 'msi', 'dmg'] as const;
export type PackageKind = (typeof packageKinds)[number];

const version = z.string().refine((text) => semver.valid(text) === text, 'is no version');

/** What the signed metadata says of a package besides its hash and length (`custom` of a TUF target). */
export const descriptionSchema = z.object({
  version,
  platform: z.enum(['linux', 'win32', 'darwin']),
  arch: z.enum(['x64', 'arm64']),
  channel: z.enum(channelNames),
  kind: z.enum(packageKinds),
  /** The versions that may be replaced by it; without bounds all older ones. */
  from: z.object({ min: version.optional(), max: version.optional() }),
  /** The share of installations it is offered to (0–100), drawn anew for each salt. */
  rollout: z.object({ percent: z.number().min(0).max(100), salt: z.string().min(1).max(100) }),
  /** Withdrawn: no longer offered. */
  halted: z.boolean(),
  /** Offered to everybody at once: no share and no deferral holds it. */
  critical: z.boolean(),
});
export type Description = z.infer<typeof descriptionSchema>;

/** A package as the signed metadata names it. */
export interface Artefact extends Description {
  /** `<channel>/<version>/<file>`; the path of the target. */
  readonly path: string;
  readonly length: number;
  readonly sha256: string;
  /** Base64, as electron-updater compares it. */
  readonly sha512: string;
}

/** What is installed here. */
export interface Installation {
  readonly version: string;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly kind: PackageKind;
  readonly channel: ChannelOfReleases;
}

export type Unfit = 'platform' | 'architecture' | 'kind' | 'channel' | 'path' | 'not newer' | 'from';

/** Why a package must not replace this installation, even when it is signed; undefined when it may. */
export function whyUnfit(installation: Installation, artefact: Artefact): Unfit | undefined {
  if (artefact.platform !== installation.platform) return 'platform';
  if (artefact.arch !== installation.arch) return 'architecture';
  if (artefact.kind !== installation.kind) return 'kind';
  if (artefact.channel !== installation.channel) return 'channel';
  // The delegation is by path: what a channel's key signs must lie in that channel and be what it says it is.
  if (!artefact.path.startsWith(`${installation.channel}/${artefact.version}/`)) return 'path';
  if (!semver.gt(artefact.version, installation.version)) return 'not newer';
  const { min, max } = artefact.from;
  if (min !== undefined && semver.lt(installation.version, min)) return 'from';
  if (max !== undefined && semver.gt(installation.version, max)) return 'from';
  return undefined;
}
