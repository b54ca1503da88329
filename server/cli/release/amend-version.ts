import type { ChannelOfReleases, Description } from '../../../electron/releases/artefact.ts';
import { PublishingError } from '../../../electron/releases/publishing/publishing-error.ts';
import type { KeyRing } from '../../../electron/releases/publishing/roles.ts';
import type { TrustRepository } from '../../../electron/releases/publishing/trust-repository.ts';

/**
 * Changes the description of all packages of one version.
 * @throws PublishingError when the channel has no such version
 */
export function amendVersion(
  repository: TrustRepository,
  { version, channel, ring }: { version: string; channel: ChannelOfReleases; ring: KeyRing },
  change: (description: Description) => Description,
): void {
  const begin = `${channel}/${version}/`;
  if (!Object.keys(repository.targets(channel)).some((name) => name.startsWith(begin)))
    throw new PublishingError('unknown_version', { version, channel });
  repository.amend(channel, ring, (description, name) =>
    name.startsWith(begin) ? change(description) : description,
  );
}
