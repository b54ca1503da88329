import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe as group, expect, it } from 'vitest';
import { signed } from '../publishing/signed-files.ts';
import type { RootPart, SignedPart } from '../publishing/signed-files.ts';
import { newKey } from '../publishing/signing-key.ts';
import { TrustRepository } from '../publishing/trust-repository.ts';
import type { Artefact } from '../artefact.ts';
import { downloadArtefact } from './artefact-download.ts';
import { chooseUpdate } from './rollout.ts';
import { freshKeys, ringOf, sealNewest, startReleaseLine } from '../testing/release-line.ts';
import type { ReleaseLine } from '../testing/release-line.ts';

let line: ReleaseLine;
let downloads: string;

beforeEach(async () => {
  line = await startReleaseLine();
  downloads = mkdtempSync(path.join(os.tmpdir(), 'qm-download-'));
});

afterEach(async () => {
  await line.stop();
  rmSync(downloads, { recursive: true, force: true });
});

const circumstances = { installationNumber: 'one', failed: [], asked: false };
const metadata = (name: string) => path.join(line.folder, 'metadata', name);
const readPart = <T extends SignedPart>(name: string) =>
  (JSON.parse(readFileSync(metadata(name), 'utf8')) as { signed: T }).signed;

/** What the installation would install now; undefined for nothing. */
const offered = async (channel: 'stable' | 'beta' = 'stable') =>
  chooseUpdate(await line.client(channel).look(), { ...line.installation, channel }, circumstances);

function download(
  artefact: Artefact,
  { speed, patience }: { speed?: number; patience?: number } = {},
): Promise<string> {
  const progress = () => undefined;
  return downloadArtefact(artefact, {
    feed: line.feed.address,
    folder: downloads,
    ask: fetch,
    speed,
    ...(patience !== undefined && { patience }),
    signal: new AbortController().signal,
    progress,
  });
}

/** Puts an earlier state of the feed back, as an attacker who kept it can. */
function goBackTo(copy: string, only?: (name: string) => boolean): void {
  for (const name of readdirSync(path.join(copy, 'metadata'))) {
    if (!only || only(name)) cpSync(path.join(copy, 'metadata', name), metadata(name));
  }
}

it('a signed newer version is offered, fetched and verified', async () => {
  const file = await line.publish('1.1.0');
  const artefact = await offered();
  expect(artefact?.version).toBe('1.1.0');
  expect(readFileSync(await download(artefact!))).toEqual(readFileSync(file));
});

group('an attacker on the way to the feed', () => {
  it('can’t take a client back to an earlier state', async () => {
    await line.publish('1.1.0');
    const earlier = line.copy();
    await line.publish('1.2.0');
    expect((await offered())?.version).toBe('1.2.0');
    goBackTo(earlier, (name) => name === 'timestamp.json');
    await expect(line.client().look()).rejects.toThrow(
      /version 3 is less than current version 4|less than current/,
    );
  });

  it('can’t keep a client in the past: the word of the feed expires', async () => {
    await line.stop();
    line = await startReleaseLine(() => new Date(Date.now() - 8 * 24 * 60 * 60_000));
    await line.publish('1.1.0');
    await expect(line.client().look()).rejects.toThrow(/timestamp\.json is expired/);
    new TrustRepository(line.folder).refresh(line.ring);
    expect((await offered())?.version).toBe('1.1.0');
  });

  it('can’t mix what belongs to different moments', async () => {
    await line.publish('1.1.0');
    const earlier = line.copy();
    await line.publish('1.2.0');
    const newest = Math.max(
      ...readdirSync(path.dirname(metadata('x'))).map((name) =>
        Number(/^(\d+)\.stable/.exec(name)?.[1] ?? 0),
      ),
    );
    // The channel's earlier metadata, under the name of the newest.
    cpSync(path.join(earlier, 'metadata', `${newest - 1}.stable.json`), metadata(`${newest}.stable.json`));
    await expect(line.client().look()).rejects.toThrow(/Expected (hash|length)/);
  });

  it.each(['timestamp.json', '2.root.json', '1.snapshot.json', '1.targets.json', '1.stable.json'])(
    'can’t fill the disk or the memory by an endless %s',
    async (name) => {
      let sent = 0;
      line.feed.attack(`metadata/${name}`, (_request, response) => {
        response.writeHead(200);
        const pour = () => {
          while (!response.destroyed && response.write(Buffer.alloc(64 * 1024, ' '))) sent += 64 * 1024;
        };
        response.on('drain', pour);
        pour();
      });
      await expect(line.client().look()).rejects.toThrow(/more than the \d+ bytes allowed/);
      expect(sent).toBeLessThan(32 * 1024 * 1024);
    },
  );

  it('can’t fill the disk by an endless package', async () => {
    await line.publish('1.1.0');
    const artefact = await offered();
    line.feed.attack(
      `targets/stable/1.1.0/${artefact!.sha256}.${path.basename(artefact!.path)}`,
      (_request, response) => {
        response.writeHead(200);
        const pour = () => {
          while (!response.destroyed && response.write(Buffer.alloc(64 * 1024)));
        };
        response.on('drain', pour);
        pour();
      },
    );
    await expect(download(artefact!)).rejects.toThrow('more than was signed');
  });

  it('can’t keep a download waiting by a drip, and the next one goes on where it was cut', async () => {
    const file = await line.publish('1.1.0', {}, Buffer.alloc(5000, 'q'));
    const artefact = await offered();
    const name = `targets/stable/1.1.0/${artefact!.sha256}.${path.basename(artefact!.path)}`;
    const bytes = readFileSync(file);
    let sent = 0;
    line.feed.attack(name, (_request, response) => {
      response.writeHead(200, { 'content-length': bytes.length });
      const drip = setInterval(() => response.write(bytes.subarray(sent, (sent += 1))), 20);
      response.on('close', () => clearInterval(drip));
    });
    await expect(download(artefact!, { patience: 500 })).rejects.toThrow('too slow');
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(bytes.length);
    line.feed.attack(name, undefined);
    await expect(download(artefact!)).resolves.toContain(artefact!.sha256);
    expect(line.feed.asked.at(-1)).toMatch(/ bytes=[1-9]\d*-$/);
  });

  it('can’t slip other bytes under the signed name, of the same length or shorter', async () => {
    const file = await line.publish('1.1.0');
    const artefact = await offered();
    const name = `targets/stable/1.1.0/${artefact!.sha256}.${path.basename(artefact!.path)}`;
    const evil = Buffer.alloc(readFileSync(file).length, 'e');
    line.feed.attack(name, (_request, response) => response.end(evil));
    await expect(download(artefact!)).rejects.toThrow('not what was signed');
    line.feed.attack(name, (_request, response) => response.end(evil.subarray(1)));
    await expect(download(artefact!)).rejects.toThrow('not what was signed');
    // Nothing of it is left to be resumed.
    expect(readdirSync(downloads)).toEqual([]);
    line.feed.attack(name, undefined);
    await expect(download(artefact!)).resolves.toContain(artefact!.sha256);
  });

  it.each([301, 302, 307, 308])('leads nowhere by a redirect (%i)', async (status) => {
    await line.publish('1.1.0');
    const elsewhere = await startReleaseLine();
    try {
      line.feed.attack('metadata/timestamp.json', (_request, response) =>
        response.writeHead(status, { location: `${elsewhere.feed.address}metadata/timestamp.json` }).end(),
      );
      await expect(line.client().look()).rejects.toThrow();
      expect(elsewhere.feed.asked).toEqual([]);
    } finally {
      await elsewhere.stop();
    }
  });

  it.each([301, 302, 303, 307, 308])('leads a package nowhere by a redirect (%i)', async (status) => {
    const file = await line.publish('1.1.0');
    const artefact = await offered();
    const elsewhere = await startReleaseLine();
    try {
      // Even to the very bytes that were signed.
      mkdirSync(path.join(elsewhere.folder, 'targets'));
      cpSync(file, path.join(elsewhere.folder, 'targets', 'package'));
      line.feed.attack(
        `targets/stable/1.1.0/${artefact!.sha256}.${path.basename(artefact!.path)}`,
        (_request, response) =>
          response.writeHead(status, { location: `${elsewhere.feed.address}targets/package` }).end(),
      );
      await expect(download(artefact!)).rejects.toThrow();
      expect(elsewhere.feed.asked).toEqual([]);
      expect(readdirSync(downloads)).toEqual([]);
    } finally {
      await elsewhere.stop();
    }
  });

  it('can’t make a resumed download out of two packages', async () => {
    const bytes = Buffer.alloc(300_000, 'q');
    await line.publish('1.1.0', {}, bytes);
    const artefact = await offered();
    writeFileSync(path.join(downloads, `${artefact!.sha256}.part`), Buffer.alloc(100_000, 'e'));
    await expect(download(artefact!)).rejects.toThrow('not what was signed');
    expect(readdirSync(downloads)).toEqual([]);
    expect(readFileSync(await download(artefact!))).toEqual(bytes);
  });

  it.each(['targets', 'stable', 'root'] as const)('can’t go on with an expired %s', async (role) => {
    const longAgo = new TrustRepository(line.folder, () => new Date(Date.now() - 1_000 * 86_400_000));
    longAgo.rotate({ [role]: line.keys[role] }, line.ring);
    // The online keys alone go on saying that all is current.
    line.repository.refresh(ringOf(...line.keys.snapshot, ...line.keys.timestamp));
    await expect(line.client().look()).rejects.toThrow(/expired/);
  });

  it('is not even asked without https beyond this machine', async () => {
    const asked: string[] = [];
    const { TrustedReleases } = await import('./trusted-releases.ts');
    const { TrustStore } = await import('./trust-store.ts');
    const client = new TrustedReleases({
      feed: 'http://updates.example/',
      channel: 'stable',
      store: new TrustStore(line.trustFolder, line.repository.rootText()),
      workFolder: path.join(downloads, 'work'),
      ask: (address) => {
        asked.push(address);
        return Promise.reject(new Error('asked'));
      },
    });
    await expect(client.look()).rejects.toThrow('https only');
    expect(asked).toEqual([]);
  });
});

group('a thief', () => {
  /** A root that the thief made, in place of the current one. */
  const forgeRoot = (
    version: number,
    holders: readonly { id: string }[],
    signers: Parameters<typeof signed>[1],
  ) => {
    const present = line.repository.root();
    const thieves = freshKeys();
    const part: RootPart = {
      ...present,
      version,
      keys: {
        ...present.keys,
        ...Object.fromEntries(thieves.timestamp.map(({ id, publicKey }) => [id, publicKey])),
      },
      roles: {
        ...present.roles,
        root: { keyids: holders.map(({ id }) => id), threshold: present.roles.root.threshold },
        timestamp: { keyids: thieves.timestamp.map(({ id }) => id), threshold: 1 },
      },
    };
    writeFileSync(metadata(`${version}.root.json`), signed(part, signers));
  };

  it('of one of the three root keys changes nothing', async () => {
    forgeRoot(2, line.keys.root, [line.keys.root[0]!]);
    await expect(line.client().look()).rejects.toThrow('root was signed by 1/2 keys');
    const own = newKey().key;
    forgeRoot(2, line.keys.root, [line.keys.root[0]!, own]);
    await expect(line.client().look()).rejects.toThrow('root was signed by 1/2 keys');
  });

  it('can’t skip a version of the root, nor repeat one', async () => {
    forgeRoot(3, line.keys.root, line.keys.root);
    cpSync(metadata('3.root.json'), metadata('2.root.json'));
    await expect(line.client().look()).rejects.toThrow('Expected version 2, got 3');
    cpSync(metadata('1.root.json'), metadata('2.root.json'));
    await expect(line.client().look()).rejects.toThrow('Expected version 2, got 1');
  });

  it('of the beta’s key can’t sign for the stable channel', async () => {
    await line.publish('1.1.0');
    const part = readPart('2.stable.json');
    writeFileSync(metadata('3.stable.json'), signed({ ...part, version: 3 }, line.keys.beta));
    sealNewest(line);
    await expect(line.client().look()).rejects.toThrow('stable was signed by 0/1 keys');
  });

  it('of the beta’s key can’t offer a package of the stable channel’s path there', async () => {
    await line.publish('1.1.0', { channel: 'beta' });
    const part = readPart<SignedPart & { targets: Record<string, unknown> }>('2.beta.json');
    const [[, target] = []] = Object.entries(part.targets);
    const targets = { 'stable/1.1.0/evil.AppImage': target };
    writeFileSync(metadata('3.beta.json'), signed({ ...part, version: 3, targets }, line.keys.beta));
    sealNewest(line);
    expect(await offered('beta')).toBeUndefined();
    expect(await offered('stable')).toBeUndefined();
  });

  it('of the keys of timestamp and snapshot offers nothing of his own', async () => {
    await line.publish('1.1.0');
    const part = readPart<SignedPart & { targets: Record<string, Record<string, unknown>> }>('2.stable.json');
    const targets = Object.fromEntries(
      Object.entries(part.targets).map(([name, target]) => [name, { ...target, length: 5 }]),
    );
    const thief = newKey().key;
    writeFileSync(metadata('3.stable.json'), signed({ ...part, version: 3, targets }, [thief]));
    sealNewest(line);
    await expect(line.client().look()).rejects.toThrow('stable was signed by 0/1 keys');
  });
});

group('what was signed for others', () => {
  it.each([
    ['another platform', { platform: 'win32' }],
    ['another processor', { arch: 'arm64' }],
    ['another kind of installation', { kind: 'folder' }],
    ['versions before this one only', { from: { max: '0.9.0' } }],
    ['versions after this one only', { from: { min: '1.0.1' } }],
  ] as const)('is not taken: %s', async (_what, more) => {
    await line.publish('1.1.0', more);
    expect((await line.client().look()).map(({ version }) => version)).toEqual(['1.1.0']);
    expect(await offered()).toBeUndefined();
  });

  it('is not taken from another channel', async () => {
    await line.publish('1.1.0', { channel: 'beta' });
    expect(await offered('stable')).toBeUndefined();
    expect((await offered('beta'))?.version).toBe('1.1.0');
  });

  it('is not taken when it is older than, or the same as, what is installed', async () => {
    await line.publish('0.9.0');
    await line.publish('1.0.0');
    await line.publish('1.0.0-rc.1');
    expect(await offered()).toBeUndefined();
  });

  it('an older signed package replayed under a newer name stays what it is', async () => {
    await line.publish('0.9.0');
    await line.publish('1.1.0');
    const artefact = await offered();
    const old = (await line.client().look()).find(({ version }) => version === '0.9.0');
    const nameOf = ({ sha256, path: name, version }: Artefact) =>
      `targets/stable/${version}/${sha256}.${path.basename(name)}`;
    line.feed.attack(nameOf(artefact!), (_request, response) =>
      response.end(readFileSync(path.join(line.folder, nameOf(old!)))),
    );
    await expect(download(artefact!)).rejects.toThrow('not what was signed');
  });
});

group('what the installation remembers', () => {
  it('survives a torn file: neither the root nor the floor is forgotten', async () => {
    await line.publish('1.1.0');
    const earlier = line.copy();
    line.repository.rotate({ root: freshKeys().root }, line.ring);
    await line.publish('1.2.0');
    expect((await offered())?.version).toBe('1.2.0');
    const copies = readdirSync(line.trustFolder).map((name) => path.join(line.trustFolder, name));
    expect(copies).toHaveLength(2);
    for (const torn of copies) {
      const whole = readFileSync(torn);
      for (const length of [0, 1, Math.floor(whole.length / 2), whole.length - 1]) {
        writeFileSync(torn, whole.subarray(0, length));
        goBackTo(earlier, (name) => name === 'timestamp.json');
        await expect(line.client().look(), `${length} bytes`).rejects.toThrow('less than current');
        writeFileSync(torn, whole);
      }
    }
  });

  it('with everything torn it begins with the root it was built with', async () => {
    await line.publish('1.1.0');
    expect((await offered())?.version).toBe('1.1.0');
    for (const name of readdirSync(line.trustFolder))
      writeFileSync(path.join(line.trustFolder, name), '{"sha');
    expect((await offered())?.version).toBe('1.1.0');
  });

  it('a look that is refused keeps the newer root it saw on its way', async () => {
    const other = freshKeys();
    line.repository.rotate({ timestamp: other.timestamp }, line.ring);
    line.feed.attack('metadata/timestamp.json', (_request, response) => response.writeHead(500).end());
    await expect(line.client().look()).rejects.toThrow();
    expect(readFileSync(path.join(line.trustFolder, 'trust-1.json'), 'utf8')).toContain(
      other.timestamp[0]!.id,
    );
  });
});

group('keys are changed', () => {
  it('every role’s, one after the other, and the installation follows', async () => {
    let ring = line.ring;
    for (const role of ['root', 'targets', 'snapshot', 'timestamp', 'stable', 'beta'] as const) {
      const fresh = freshKeys()[role];
      line.repository.rotate({ [role]: fresh }, ring);
      const gone = line.keys[role].map(({ id }) => id);
      ring = ringOf(...[...ring.values()].filter(({ id }) => !gone.includes(id)), ...fresh);
      await expect(line.client().look(), role).resolves.toEqual([]);
    }
    expect(existsSync(metadata('7.root.json'))).toBe(true);
  });

  it('a hundred times while the installation slept, and it catches up', async () => {
    let { root } = line.keys;
    for (let round = 0; round < 100; round += 1) {
      const next = freshKeys().root;
      line.repository.rotate({ root: next }, ringOf(...root));
      root = next;
    }
    expect(await line.client().look()).toEqual([]);
    expect(line.feed.asked).toContain('metadata/101.root.json');
    const before = line.feed.asked.length;
    await line.client().look();
    // What it knows it does not fetch again.
    expect(line.feed.asked.slice(before).filter((name) => name.includes('root'))).toEqual([
      'metadata/102.root.json',
    ]);
  });
});

group('a download', () => {
  it('that was cut goes on where it stopped', async () => {
    const bytes = Buffer.alloc(300_000, 'q');
    await line.publish('1.1.0', {}, bytes);
    const artefact = await offered();
    const name = `targets/stable/1.1.0/${artefact!.sha256}.${path.basename(artefact!.path)}`;
    line.feed.attack(name, (_request, response) => {
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 50));
    });
    await expect(download(artefact!)).rejects.toThrow();
    line.feed.attack(name, undefined);
    expect(readFileSync(await download(artefact!))).toEqual(bytes);
    expect(line.feed.asked.at(-1)).toMatch(/ bytes=100000-$/);
  });

  it('that is whole already is not fetched again', async () => {
    await line.publish('1.1.0');
    const artefact = await offered();
    await download(artefact!);
    const before = line.feed.asked.length;
    await download(artefact!);
    expect(line.feed.asked).toHaveLength(before);
  });

  it('keeps to its speed', async () => {
    await line.publish('1.1.0', {}, Buffer.alloc(200_000));
    const artefact = await offered();
    const began = performance.now();
    await download(artefact!, { speed: 400_000 });
    expect(performance.now() - began).toBeGreaterThan(300);
  });
});
