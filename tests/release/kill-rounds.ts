/**
 * Kills a packaged app, with all its processes, at every named step of an update, and looks whether it starts again with
 * what was typed and trusted. By hand, where an X server is there:
 *
 *     xvfb-run -a node_modules/.bin/node tests/release/kill-rounds.ts [--rounds=300] [--starts=100]
 *
 * A line for each round; exit code 1 when one of them lost something. `--starts` starts the app that often first and kills
 * nothing: how many starts fail here by themselves. The C library sometimes ends a process of this old Electron by
 * `The futex facility returned an unexpected error code`. Where that happens before the first step the round is repeated;
 * where it happens after the kill the app must start at the second attempt, on the same files. Both are counted and told.
 */
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { TrustStore } from '../../electron/releases/following/trust-store.ts';
import { publishVersions, startInstalled } from './published-versions.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '300' }, starts: { type: 'string', default: '0' } },
});
const [rounds, starts] = [Number(values.rounds), Number(values.starts)];
const base = mkdtempSync(path.join(os.tmpdir(), 'qm-kill-rounds-'));
const at = (...names: string[]) => path.join(base, ...names);
const place = at('Applications', 'Quartermaster.AppImage');
const userData = at('data');
const updates = at('data', 'updates');
const port = 20_000 + (process.pid % 20_000);

interface Memory {
  trial: { attempts: number } | null;
}
const memory = (): Memory | undefined => {
  try {
    return JSON.parse(readFileSync(path.join(updates, 'memory.json'), 'utf8')) as Memory;
  } catch {
    return undefined;
  }
};
const names = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);
const isPlaced = () => readFileSync(place, 'utf8').slice(0, 400).includes('/2.0.0/');

/** The steps of an update, by what each leaves behind. */
const steps: readonly (readonly [name: string, reached: () => boolean])[] = [
  ['the feed is looked at', () => names(path.join(updates, 'work')).length > 0],
  ['trust is kept', () => names(path.join(updates, 'trust')).length > 0],
  [
    'the package is fetched',
    () => names(path.join(updates, 'packages')).some((name) => name.endsWith('.part')),
  ],
  [
    'the package is verified',
    () => names(path.join(updates, 'packages')).some((name) => /^[0-9a-f]{64}$/.test(name)),
  ],
  ['it is written beside', () => names(at('Applications')).some((name) => name.endsWith('.partial'))],
  ['it stands beside', () => names(at('Applications')).some((name) => name.endsWith('.next'))],
  ['the trial is begun', () => memory()?.trial !== undefined && memory()?.trial !== null],
  ['the new version is started', () => (memory()?.trial?.attempts ?? 0) > 0],
  ['it takes the place', isPlaced],
  ['the trial is over', () => isPlaced() && memory()?.trial === null],
];

const environment = {
  QM_USER_DATA_DIR: userData,
  // Nobody answers there: the screen that says so is a start too.
  QM_API_URL: 'http://127.0.0.1:9',
  QM_AUTH_URL: 'http://127.0.0.1:9',
  QM_WEB_URL: 'http://127.0.0.1:9/',
  SUPABASE_ANON_KEY: 'key',
};

/** What the app said since its last start, without what Chromium misses in a container. */
let said = '';
/** By which signal, or with which code, the process that was started last has ended; undefined while it runs. */
let ended: string | undefined;
let latest: ReturnType<typeof startInstalled> | undefined;

/** The C library ended the app itself: no other failure counts as this one. */
const endedByLibrary = () =>
  ended === 'SIGABRT' && said.includes('The futex facility returned an unexpected error code');

function start(): void {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  said = '';
  ended = undefined;
  const child = startInstalled(place, [...args, `--remote-debugging-port=${port}`], environment);
  const own = () => child === latest;
  latest = child;
  child.once('exit', (code, signal) => {
    if (own()) ended = signal ?? String(code);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    if (own()) said += chunk.toString().replaceAll(/^\[.*\n|^DevTools.*\n|^\s*\n/gm, '');
  });
}
/** Everything that runs of the packed versions, helpers and watches too, until nothing does. */
async function killAll(): Promise<void> {
  for (let quiet = 0; quiet < 3;) {
    const alive = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && isOurs(pid));
    for (const pid of alive) {
      try {
        process.kill(Number(pid), 'SIGKILL');
      } catch {
        // It is gone already.
      }
    }
    quiet = alive.length === 0 ? quiet + 1 : 0;
    await sleep(20);
  }
}

function isOurs(pid: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/exe`).startsWith(at('unpacked'));
  } catch {
    return false;
  }
}

/** Runs code in the app's first window; waits for the window. */
async function inWindow<T>(code: string, awaits = true): Promise<T> {
  const deadline = Date.now() + 45_000;
  for (;;) {
    try {
      const listed = (await (
        await fetch(`http://127.0.0.1:${port}/json/list`, { signal: AbortSignal.timeout(2_000) })
      ).json()) as { url: string; title: string; webSocketDebuggerUrl: string }[];
      const page = listed.find(({ url, title }) => url.startsWith('app://main') && title !== '');
      if (page) return await evaluate<T>(page.webSocketDebuggerUrl, code, awaits);
    } catch {
      // It is not there yet.
    }
    if (Date.now() > deadline || endedByLibrary()) throw new Error(`no window was opened (ended: ${ended})`);
    await sleep(50);
  }
}

function evaluate<T>(address: string, expression: string, awaitPromise: boolean): Promise<T> {
  const socket = new WebSocket(address);
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer')), 10_000);
    socket.onerror = () => reject(new Error('no connection'));
    socket.onopen = () => {
      const params = { expression, awaitPromise, returnByValue: true };
      socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }));
    };
    socket.onmessage = ({ data }) => {
      clearTimeout(timer);
      const answer = JSON.parse(String(data)) as {
        result?: { result?: { value?: T }; exceptionDetails?: unknown };
      };
      if (answer.result?.exceptionDetails) reject(new Error(JSON.stringify(answer.result.exceptionDetails)));
      else resolve(answer.result?.result?.value as T);
    };
  }).finally(() => socket.close());
}

/** Ends the app as a person does who closes it, by what the system asks it. */
async function endLatest(): Promise<void> {
  latest?.kill('SIGTERM');
  for (let wait = 0; wait < 100 && ended === undefined; wait += 1) await sleep(50);
}

/** Starts after a kill. What the C library ended is started once more, on the files as they lie. */
async function startAgain(): Promise<string> {
  const askVersion = () => inWindow<string>(`${shell}.app.getVersion().then(({ app }) => app)`);
  start();
  try {
    return await askVersion();
  } catch (error) {
    if (!endedByLibrary()) throw error;
    secondAttempts += 1;
    await killAll();
    start();
    return askVersion();
  }
}

/** @returns what was lost; `repeat` where the C library ended the app before the first step */
async function runRound(reached: () => boolean): Promise<string | undefined> {
  rmSync(at('Applications'), { recursive: true, maxRetries: 20 });
  rmSync(userData, { recursive: true, maxRetries: 20 });
  mkdirSync(at('Applications'));
  cpSync(first, place);
  cpSync(at('template'), userData, { recursive: true });
  let moment = 'before the kill';
  try {
    start();
    const opened = await inWindow(
      `${shell}.app.checkForUpdates(false).then(() => ${shell}.app.installUpdate()).catch((error) => localStorage.setItem('problem', String(error))), true`,
      false,
    ).catch((error: unknown) => {
      if (endedByLibrary()) return false;
      throw error;
    });
    if (!opened) return 'repeat';
    const deadline = Date.now() + 30_000;
    while (!reached()) {
      if (Date.now() > deadline)
        throw new Error(
          `the step was never reached: ${await inWindow<string>(`localStorage.getItem('problem')`)}`,
        );
      await sleep(1);
    }
    await sleep(Math.random() * 60);
    await killAll();
    moment = 'after the kill';
    const version = await startAgain();
    if (!['1.0.0', '2.0.0'].includes(version)) return `version ${version}`;
    const draft = await inWindow<string>(`localStorage.getItem('qm-draft:round')`);
    if (draft !== 'half a vendor') return `the draft is ${draft}`;
    const kept = new TrustStore(path.join(updates, 'trust'), root).load();
    if (names(path.join(updates, 'trust')).includes('trust-1.json') && kept['timestamp.json'] === undefined)
      return 'trust is lost';
    return undefined;
  } catch (error) {
    return `${moment}: ${error instanceof Error ? error.message : String(error)} ${said}`.trim();
  } finally {
    await killAll();
  }
}

const shell = 'window.quartermaster';
let [lost, repeated, secondAttempts, failedStarts, libraryInStarts] = [0, 0, 0, 0, 0];
const versions = await publishVersions(base);
const [first, second] = [versions.image('1.0.0'), versions.image('2.0.0')];
let root = '';
try {
  mkdirSync(at('Applications'), { recursive: true });
  // Of a size that takes a moment to fetch and to write.
  appendFileSync(second, `exit\n${'#'.repeat(20_000_000)}\n`);
  versions.publish('2.0.0', second, 100);
  root = readFileSync(at('feed', 'metadata', '1.root.json'), 'utf8');

  // A person's settings and drafts, as they lie on the disk after an ordinary end.
  cpSync(first, place);
  start();
  await inWindow(`localStorage.setItem('qm-draft:round', 'half a vendor')`);
  await sleep(6_000);
  await killAll();
  cpSync(userData, at('template'), { recursive: true });

  for (let time = 0; time < starts; time += 1) {
    rmSync(userData, { recursive: true, maxRetries: 20 });
    cpSync(at('template'), userData, { recursive: true });
    start();
    const opened = await inWindow('true').catch(() => false);
    if (!opened) failedStarts += 1;
    if (endedByLibrary()) libraryInStarts += 1;
    await endLatest();
    await killAll();
    process.stdout.write(
      `start ${time + 1}/${starts}: ${opened ? 'a window' : `no window ${ended} ${said}`}\n`,
    );
  }

  for (let round = 0; round < rounds; round += 1) {
    const [name, reached] = steps[round % steps.length] ?? ['', () => true];
    let problem = await runRound(reached);
    for (let again = 0; again < 3 && problem === 'repeat'; again += 1) {
      repeated += 1;
      problem = await runRound(reached);
    }
    if (problem !== undefined) lost += 1;
    process.stdout.write(
      `${round + 1}/${rounds} killed when ${name}: ${problem ?? 'starts, nothing lost'}\n`,
    );
  }
} finally {
  await killAll();
  await versions.stop();
  rmSync(base, { recursive: true, force: true, maxRetries: 5 });
}
process.stdout.write(
  `${starts} starts without a kill: ${failedStarts} without a window, ${libraryInStarts} of them by the C library\n` +
    `${rounds} rounds, ${lost} of them lost something; ${repeated} repeated because the C library ended the app before the first step, ` +
    `${secondAttempts} that started after the kill at the second attempt for the same reason\n`,
);
process.exitCode = lost > 0 ? 1 : 0;
