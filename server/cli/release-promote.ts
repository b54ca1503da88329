/**
 * npm run release:promote -- --version=1.2.0 [--channel=stable] [--percent=50] [--critical] [--upload-with=PROGRAM]
 * Offers a release to more installations. The share only grows: who was offered a version keeps it.
 */
import { parseArgs } from 'node:util';
import { PublishingError } from '../../electron/releases/publishing/publishing-error.ts';
import { TrustRepository } from '../../electron/releases/publishing/trust-repository.ts';
import { amendVersion } from './release/amend-version.ts';
import { channelOf, feedOf, keyOptions, keysOf, percentOf, versionOf } from './release/options.ts';
import { runReleaseCommand, withFeed } from './release/release-command.ts';
import { bring } from './release/bring.ts';
import { words } from './words/words.ts';

await runReleaseCommand(async (say) => {
  const { values } = parseArgs({
    options: {
      ...keyOptions,
      version: { type: 'string' },
      channel: { type: 'string' },
      percent: { type: 'string' },
      critical: { type: 'boolean' },
      'upload-with': { type: 'string' },
    },
  });
  const [version, channel, feed] = [versionOf(values.version), channelOf(values.channel), feedOf(values)];
  const percent = percentOf(values.percent ?? '100');
  const ring = await keysOf(values);
  await withFeed(feed, async () => {
    amendVersion(new TrustRepository(feed), { version, channel, ring }, (description) => {
      if (percent < description.rollout.percent)
        throw new PublishingError('lower_share', { version, percent: description.rollout.percent });
      const critical = description.critical || values.critical === true;
      return { ...description, critical, rollout: { ...description.rollout, percent } };
    });
    say(words('release.promoted', { version, channel, percent }));
    bring(feed, values['upload-with'], say);
  });
});
