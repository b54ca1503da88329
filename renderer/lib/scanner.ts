import { useEffect, useRef } from 'react';

/** A wedge scanner types a whole code faster than this between two keys (milliseconds); no person keeps that up. */
const slowestGap = 45;
/** Shorter bursts are somebody's quick fingers. */
const shortest = 4;

interface Burst {
  text: string;
  lastAt: number;
  /** The field that caught the keys, and what stood in it before. */
  field: HTMLInputElement | HTMLTextAreaElement | null;
  before: string;
}

function fieldOf(target: EventTarget | null): Burst['field'] {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : null;
}

/** Puts a field's text back so that its owner (React) notices. */
function restore(field: NonNullable<Burst['field']>, text: string): void {
  const prototype =
    field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/**
 * Listens for keyboard-wedge scanners anywhere on the page: a burst of keys ended by Enter or Tab. What the scanner
 * typed into a field on its way is taken out again, and its Enter presses nothing.
 */
export function useScanner(onScan: (code: string) => void, enabled = true): void {
  const handler = useRef(onScan);
  useEffect(() => {
    handler.current = onScan;
  });

  useEffect(() => {
    if (!enabled) return;
    let burst: Burst | null = null;

    function onKeyDown(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
        burst = null;
        return;
      }
      const inTime = burst !== null && event.timeStamp - burst.lastAt <= slowestGap;
      if (
        (event.key === 'Enter' || event.key === 'Tab') &&
        burst &&
        inTime &&
        burst.text.length >= shortest
      ) {
        event.preventDefault();
        event.stopImmediatePropagation();
        const { text, field, before } = burst;
        burst = null;
        if (field) restore(field, before);
        handler.current(text);
        return;
      }
      if (event.key.length !== 1) {
        if (event.key !== 'Shift') burst = null;
        return;
      }
      if (burst && inTime) {
        burst.text += event.key;
        burst.lastAt = event.timeStamp;
      } else {
        const field = fieldOf(event.target);
        burst = { text: event.key, lastAt: event.timeStamp, field, before: field?.value ?? '' };
      }
    }
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, [enabled]);
}
