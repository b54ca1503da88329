import type { MutationCache } from '@tanstack/react-query';
import { desktop } from './desktop.ts';

/** A person who has scanned goes on scanning: so long after the last code nothing is offered (ms). */
const scanning = 60_000;

const sources = { changes: false, scans: false };
let told = false;
let timer: ReturnType<typeof setTimeout> | undefined;

function set(source: keyof typeof sources, value: boolean): void {
  sources[source] = value;
  const underWay = Object.values(sources).some(Boolean);
  if (underWay === told) return;
  told = underWay;
  desktop?.app.setWorkUnderWay(underWay);
}

/** While a change is on its way to the server, the shell offers no restart. */
export function holdRestartDuringChanges(cache: MutationCache): void {
  cache.subscribe(() => {
    set(
      'changes',
      cache.getAll().some(({ state }) => state.status === 'pending'),
    );
  });
}

/** A code was scanned: the shell offers no restart until the scanning has ended. */
export function noteScan(): void {
  clearTimeout(timer);
  set('scans', true);
  timer = setTimeout(() => {
    set('scans', false);
  }, scanning);
}
