import { t } from '@lingui/core/macro';
import { useEffect, useRef } from 'react';
import { cueWrong } from './cues.ts';
import { readableScan } from './gs1-words.ts';
import { notifyNote } from './notify.tsx';
import { listenForScans } from './scanner-keys.ts';
import { noteScan } from './under-way.ts';

interface Taker {
  take: (code: string) => void;
  knows: (code: string) => boolean;
}

/** The screens that take scans; the one that came last is in front. */
const takers: Taker[] = [];

/** Who takes a scan now; nobody while a dialog stands before the screen. */
function takerInFront(): Taker | undefined {
  const isBehindDialog = document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
  return isBehindDialog ? undefined : takers.at(-1);
}

/**
 * Takes what a keyboard-wedge scanner reads anywhere on the page: a burst of keys ended by Enter or Tab. What the scanner
 * typed into a field on its way is taken out again, and its Enter presses nothing. A field for numbers that others gave
 * keeps what is scanned into it, unless the screen `knows` the code as one of its own.
 */
export function useScanner(
  take: Taker['take'],
  { enabled = true, knows = () => false }: Partial<Pick<Taker, 'knows'>> & { enabled?: boolean } = {},
): void {
  const latest = useRef({ take, knows });
  useEffect(() => {
    latest.current = { take, knows };
  });
  useEffect(() => {
    if (!enabled) return;
    const taker: Taker = {
      take: (code) => {
        latest.current.take(code);
      },
      knows: (code) => latest.current.knows(code),
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
        knows: (code) => takerInFront()?.knows(code) ?? false,
        give: (code) => {
          const taker = takerInFront();
          if (taker) {
            noteScan();
            taker.take(code);
            return;
          }
          cueWrong();
          notifyNote(t`Nothing here takes a scan`, t`${readableScan(code)} was read. Nothing was changed.`);
        },
      }),
    [],
  );
}
