/**
 * npm run release:halt -- --version=1.2.0 [--channel=stable] [--undo] [--upload-with=PROGRAM]
 * Withdraws a release at once: nobody is offered it any more, not even who asks; who has it keeps it until a newer one.
 */
import { parseArgs } from 'node:util';
import { TrustRepository } from '../../electron/releases/publishing/trust-repository.ts';
import { amendVersion } from './release/amend-version.ts';
import { bring } from './release/bring.ts';
import { channelOf, feedOf, keyOptions, keysOf, versionOf } from './release/options.ts';
import { runReleaseCommand, withFeed } from './release/release-command.ts';
import { words } from './words/words.ts';

await runReleaseCommand(async (say) => {
  const { values } = parseArgs({
    options: {
      ...keyOptions,
      version: { type: 'string' },
      channel: { type: 'string' },
      undo: { type: 'boolean' },
      'upload-with': { type: 'string' },
    },
  });
  const [version, channel, feed] = [versionOf(values.version), channelOf(values.channel), feedOf(values)];
  const halted = values.undo !== true;
  const ring = await keysOf(values);
  await withFeed(feed, async () => {
    const change = { version, channel, ring };
    amendVersion(new TrustRepository(feed), change, (description) => ({ ...description, halted }));
    say(words(halted ? 'release.halted' : 'release.offered_again', { version, channel }));
    bring(feed, values['upload-with'], say);
  });
});
