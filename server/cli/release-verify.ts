/**
 * npm run release:verify -- --url=https://… --root=root.json [--channel=stable] [--version=1.2.0]
 * Looks at a feed as a stranger with nothing but the first root: follows the roots, checks every signature by the
 * client of the app itself, fetches the packages and checks their bytes.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { downloadArtefact } from '../../electron/releases/following/artefact-download.ts';
import { updateFeed } from '../../electron/releases/following/feed.ts';
import { TrustStore } from '../../electron/releases/following/trust-store.ts';
import { TrustedReleases } from '../../electron/releases/following/trusted-releases.ts';
import { channelOf, versionOf } from './release/options.ts';
import { askByHttp } from './release/ask-feed.ts';
import { runReleaseCommand } from './release/release-command.ts';
import { printTable } from './terminal/printed.ts';
import { UsageError } from './terminal/usage-error.ts';
import { words } from './words/words.ts';

await runReleaseCommand(async (say) => {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      root: { type: 'string' },
      channel: { type: 'string' },
      version: { type: 'string' },
    },
  });
  const { url, root } = values;
  if (url === undefined || root === undefined) {
    const flag = url === undefined ? 'url' : 'root';
    throw new UsageError(
      words('options.missing', {
        flag,
        example: flag === 'url' ? 'https://updates.example/' : './1.root.json',
      }),
    );
  }
  const feed = updateFeed(url.endsWith('/') ? url : `${url}/`);
  if (feed === undefined) throw new UsageError(words('release.url', { url }));
  const channel = channelOf(values.channel);
  const only = values.version === undefined ? undefined : versionOf(values.version);
  const builtRoot = await readFile(path.resolve(process.env.INIT_CWD ?? process.cwd(), root), 'utf8');
  const work = await mkdtemp(path.join(os.tmpdir(), 'qm-verify-'));
  try {
    const releases = new TrustedReleases({
      feed,
      channel,
      store: new TrustStore(path.join(work, 'trust'), builtRoot),
      workFolder: path.join(work, 'work'),
      ask: askByHttp,
    });
    const artefacts = (await releases.look()).filter(({ version }) => only === undefined || version === only);
    if (artefacts.length === 0)
      throw new UsageError(words('release.nothing_there', { channel, version: only ?? '' }));
    for (const [place, artefact] of artefacts.entries()) {
      await downloadArtefact(artefact, {
        feed,
        folder: path.join(work, String(place)),
        ask: askByHttp,
        speed: undefined,
        signal: new AbortController().signal,
        progress: () => undefined,
      });
      await rm(path.join(work, String(place)), { recursive: true });
    }
    printTable(
      say,
      [words('head.version'), words('head.file'), words('head.share'), words('head.sha256')],
      artefacts.map((artefact) => [
        artefact.version,
        path.posix.basename(artefact.path),
        artefact.halted
          ? words('release.is_halted')
          : artefact.critical
            ? words('release.is_critical')
            : `${artefact.rollout.percent} %`,
        artefact.sha256,
      ]),
    );
    say(words('release.verified', { count: artefacts.length, channel }));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
});
