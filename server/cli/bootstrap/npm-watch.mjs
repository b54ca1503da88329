import { readFileSync } from 'node:fs';
import process from 'node:process';

/**
 * Calls back once the npm that runs us is gone. npm passes a SIGTERM to the shell between npm and us, and that
 * shell ends without passing it on; when npm is killed outright, the shell stays. Either way our chain of parents changes.
 * @param {() => void} stop
 */
export function whenNpmIsGone(stop) {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  const timer = setInterval(() => {
    if (process.ppid === shell && parentOf(shell) === npm) return;
    clearInterval(timer);
    stop();
  }, 100);
  timer.unref();
}

/** Linux only; elsewhere only our own parent is watched. */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  } catch {
    return undefined;
  }
}
