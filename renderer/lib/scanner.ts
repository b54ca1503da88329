import { useEffect, useRef } from 'react';
import { today } from '../ui/formats.ts';
import { readDay } from '../ui/typed-day.ts';

/**
 * How a wedge scanner is told from fingers: the keys of one code come within this of each other on average
 * (milliseconds), which is four times as fast as a quick typist; a busy page may delay a single key for longer.
 */
const averageGap = 50;
const longestGap = 160;
/** Shorter bursts are somebody's quick fingers. */
const shortest = 4;

interface Key {
  text: string;
  at: number;
  /** The field that caught the key, and what stood in it before. */
  field: HTMLInputElement | HTMLTextAreaElement | null;
  before: string;
}

function fieldOf(target: EventTarget | null): Key['field'] {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : null;
}

/** Puts a field's text back so that its owner (React) notices. */
function restore(field: NonNullable<Key['field']>, text: string): void {
  const prototype =
    field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** What can be meant for a field itself, by its `data-typed`: a record's code or name, a figure, a day. */
const meantFor: Readonly<Record<string, (text: string) => boolean>> = {
  record: () => true,
  decimal: (text) => /^-?[\d.,]+$/.test(text),
  day: (text) => readDay(text, today(), 'near') !== null,
};

/**
 * A quick typist's burst can't be told from a scan by its speed: it belongs to the field when the field can read it, or
 * all that stands in the field by then (a busy page delays the first keys: the burst is only the end of what was typed).
 * The barcodes of trade are eight digits and more: those are scans everywhere.
 */
function isTyping(field: Key['field'], text: string): boolean {
  const isMeant = meantFor[field?.dataset.typed ?? ''];
  return !/^\d{8,}$/.test(text) && isMeant !== undefined && (isMeant(text) || isMeant(field?.value ?? ''));
}

/** Where the scanner began: the longest end of the burst that is fast enough, or null when none is. */
function scanned(keys: readonly Key[], endedAt: number): readonly Key[] | null {
  for (let first = 0; first <= keys.length - shortest; first += 1) {
    const begin = keys[first];
    if (begin && (endedAt - begin.at) / (keys.length - first) <= averageGap) return keys.slice(first);
  }
  return null;
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
    let keys: Key[] = [];

    function onKeyDown(event: KeyboardEvent) {
      const at = event.timeStamp;
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
        keys = [];
        return;
      }
      if (event.key === 'Enter' || event.key === 'Tab') {
        const code = scanned(keys, at);
        keys = [];
        if (!code) return;
        const [begin] = code;
        const text = code.map((key) => key.text).join('');
        if (isTyping(begin?.field ?? null, text)) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        if (begin?.field) restore(begin.field, begin.before);
        handler.current(text);
        return;
      }
      if (event.key.length !== 1) {
        if (event.key !== 'Shift') keys = [];
        return;
      }
      const field = fieldOf(event.target);
      const last = keys.at(-1);
      if (at - (last?.at ?? -Infinity) > longestGap) keys = [];
      // A scanner stays in one field: what a quick typist left in the field before is not part of what follows in this
      // one.
      if (last && field?.dataset.typed !== undefined && field !== last.field) keys = [];
      keys.push({ text: event.key, at, field, before: field?.value ?? '' });
    }
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, [enabled]);
}
