import { t } from '@lingui/core/macro';
import { useEffect, useRef } from 'react';
import { cueWrong } from './cues.ts';
import { notifyNote } from './notify.tsx';
import { listenForScans } from './scanner-keys.ts';

type Taker = (code: string) => void;

/** The screens that take scans; the one that came last is in front. */
const takers: Taker[] = [];

/** Who takes a scan now; nobody while a dialog stands before the screen. */
function takerInFront(): Taker | undefined {
  const isBehindDialog = document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
  return isBehindDialog ? undefined : takers.at(-1);
}

/**
 * Takes what a keyboard-wedge scanner reads anywhere on the page: a burst of keys ended by Enter or Tab. What the scanner
 * typed into a field on its way is taken out again, and its Enter presses nothing.
 */
export function useScanner(onScan: Taker, enabled = true): void {
  const latest = useRef(onScan);
  useEffect(() => {
    latest.current = onScan;
  });
  useEffect(() => {
    if (!enabled) return;
    const taker: Taker = (code) => {
      latest.current(code);
    };
    takers.push(taker);
    return () => {
      takers.splice(takers.indexOf(taker), 1);
    };
  }, [enabled]);
}

/**
 * The one listener of a window, in the frame around all its screens: no key of a scanner acts as a shortcut, presses a
 * button or sends a form, wherever the focus is. A scan that nothing here takes is said.
 */
export function useScannerKeys(): void {
  useEffect(
    () =>
      listenForScans({
        takesScans: () => takerInFront() !== undefined,
        give: (code) => {
          const take = takerInFront();
          if (take) {
            take(code);
            return;
          }
          cueWrong();
          notifyNote(t`Nothing here takes a scan`, t`${code} was read. Nothing was changed.`);
        },
      }),
    [],
  );
}
