import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { sandboxArguments } from '../bootstrap/electron-binary.mjs';
import { endRememberedProcess, forgetProcess, rememberProcess } from './process-record.ts';
import { setUpWords } from '../../process/words/set-up-words.mjs';

export interface AppConnection {
  api: string;
  auth: string;
  anonKey: string;
  web: string;
}

export interface AppWindow {
  /** Settles when the app has ended: by its user, by us, or by a crash. */
  closed: Promise<{ code: number | null; afterMs: number }>;
  stop(): Promise<void>;
}

/**
 * Opens the desktop app on the given services. It runs in a process group of its own, so that Ctrl+C in the terminal
 * reaches us alone and the app can be closed before the services it talks to.
 */
export function openApp(options: {
  repoRoot: string;
  executable: string;
  connection: AppConnection;
  /** The folder of the app's own settings and session, apart from an installed Quartermaster. */
  userDataDirectory: string;
  /** Remembers the app's process, for the start after a kill. */
  recordFile: string;
  log: (line: string) => void;
}): AppWindow {
  const { repoRoot, executable, recordFile, log } = options;
  // After a killed start its window may still stand there, without services and in the way of a new one.
  endRememberedProcess(recordFile);
  const startedAt = Date.now();
  const child = spawn(executable, [...sandboxArguments(executable, log), ...screenArguments(), repoRoot], {
    cwd: repoRoot,
    env: appEnvironment(options.connection, options.userDataDirectory),
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: process.platform !== 'win32',
  });
  if (child.pid) rememberProcess(recordFile, child.pid);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)));
  const closed = new Promise<{ code: number | null; afterMs: number }>((resolve) => {
    child.once('error', (error) => {
      log(setUpWords('start.app_failed', { cause: error.message }));
      resolve({ code: 127, afterMs: 0 });
    });
    child.once('exit', (code, signal) => {
      forgetProcess(recordFile);
      if (code && code > 0) log(setUpWords('start.app_code', { code, output: lastWords(said) }));
      else if (signal && signal !== 'SIGTERM') log(setUpWords('start.app_signal', { signal }));
      resolve({ code, afterMs: Date.now() - startedAt });
    });
  });
  return { closed, stop: () => stopApp(child, closed) };
}

async function stopApp(child: ChildProcess, closed: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => {
    try {
      // The whole group: Chromium's helpers must not outlive it.
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      child.kill('SIGKILL');
    }
  }, 1500);
  await closed;
  clearTimeout(timer);
}

/** Older Electrons look for X11 unless they are told that there is only Wayland. */
function screenArguments(): string[] {
  return process.env.WAYLAND_DISPLAY && !process.env.DISPLAY ? ['--ozone-platform=wayland'] : [];
}

/** The app is a client like any other: it gets addresses and the public key, none of the server's secrets. */
function appEnvironment(connection: AppConnection, userDataDirectory: string): NodeJS.ProcessEnv {
  const environment = { ...process.env };
  const secret = /^(DATABASE_URL|SUPABASE_|QM_|ELECTRON_RUN_AS_NODE|NODE_|npm_)/;
  for (const name of Object.keys(environment)) if (secret.test(name)) delete environment[name];
  return {
    ...environment,
    QM_API_URL: connection.api,
    QM_AUTH_URL: connection.auth,
    QM_WEB_URL: connection.web,
    QM_USER_DATA_DIR: userDataDirectory,
    SUPABASE_ANON_KEY: connection.anonKey,
  };
}

function lastWords(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() && !/dbus|gpu|vaapi|GLib|Gtk-/i.test(line));
  return lines.slice(-2).join(' ').trim() || setUpWords('start.said_nothing');
}
