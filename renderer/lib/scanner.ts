import { useEffect, useRef } from 'react';

/**
 * How a wedge scanner is told from fingers: the keys of one code come within this of each other on average
 * (milliseconds), which is four times as fast as a quick typist; a busy page may delay a single key for longer.
 */
const averageGap = 50;
const longestGap = 250;
/** Shorter bursts are somebody's quick fingers. */
const shortest = 4;

interface Burst {
  text: string;
  startedAt: number;
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

function isScan({ text, startedAt }: Burst, endedAt: number): boolean {
  return text.length >= shortest && (endedAt - startedAt) / text.length <= averageGap;
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
      const at = event.timeStamp;
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
        burst = null;
        return;
      }
      if (event.key === 'Enter' || event.key === 'Tab') {
        const ended = burst;
        burst = null;
        if (!ended || !isScan(ended, at)) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        if (ended.field) restore(ended.field, ended.before);
        handler.current(ended.text);
        return;
      }
      if (event.key.length !== 1) {
        if (event.key !== 'Shift') burst = null;
        return;
      }
      if (burst && at - burst.lastAt <= longestGap) {
        burst.text += event.key;
        burst.lastAt = at;
        // Typed slowly so far: a code may begin with this key all the same.
        if ((at - burst.startedAt) / (burst.text.length - 1) > averageGap * 2) burst = newBurst(event);
      } else {
        burst = newBurst(event);
      }
    }
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, [enabled]);
}

function newBurst(event: KeyboardEvent): Burst {
  const field = fieldOf(event.target);
  return {
    text: event.key,
    startedAt: event.timeStamp,
    lastAt: event.timeStamp,
    field,
    before: field?.value ?? '',
  };
}
