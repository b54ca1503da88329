/**
 * npm run release:refresh -- [--feed=FOLDER] [--keys=FOLDER] [--upload-with=PROGRAM]
 * Signs snapshot and timestamp again, as a nightly job does: installations take no word of a feed that is older than a week.
 */
import { parseArgs } from 'node:util';
import { TrustRepository } from '../../electron/releases/publishing/trust-repository.ts';
import { bring } from './release/bring.ts';
import { feedOf, keyOptions, keysOf } from './release/options.ts';
import { runReleaseCommand, withFeed } from './release/release-command.ts';
import { words } from './words/words.ts';

/** Long enough to call the holders of the keys together (ms). */
const soon = 45 * 24 * 60 * 60_000;

await runReleaseCommand(async (say) => {
  const { values } = parseArgs({ options: { ...keyOptions, 'upload-with': { type: 'string' } } });
  const feed = feedOf(values);
  const ring = await keysOf(values);
  await withFeed(feed, async () => {
    const repository = new TrustRepository(feed);
    repository.refresh(ring);
    say(words('release.refreshed', { until: repository.expiries().timestamp }));
    for (const [role, until] of Object.entries(repository.expiries())) {
      const isSignedHere = role === 'snapshot' || role === 'timestamp';
      if (!isSignedHere && Date.parse(until) < Date.now() + soon)
        say(words('release.ends_soon', { role, until }));
    }
    bring(feed, values['upload-with'], say);
  });
});
