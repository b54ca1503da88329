import { savedByKey } from '../ui/use-save-key.ts';
import {
  actsOnEnter,
  averageGap,
  fieldOf,
  isMeantFor,
  takesOwnCodesOnly,
  isScanOutsideFields,
  longestGap,
  restore,
  scannedInField,
  suffixGap,
  textOf,
  type Key,
  type TextField,
} from './key-bursts.ts';

const modifier = /^(Shift|CapsLock|AltGraph|NumLock|Control)$/;

/** A scanner types the separator of GS1 codes (ASCII 29) as terminals do. */
const isSeparator = (event: KeyboardEvent) =>
  event.ctrlKey && !event.altKey && !event.metaKey && event.key === ']';

let keepers = 0;

/** While somebody keeps the keys that no field has yet (the palette on its way), none of them is held back. */
export function keepTypedKeys(): () => void {
  keepers += 1;
  return () => {
    keepers -= 1;
  };
}

function stop(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Chromium knows of keys that wait behind what the page does just now. */
function isInputPending(): boolean {
  const { scheduling } = navigator as { scheduling?: { isInputPending?: () => boolean } };
  return scheduling?.isInputPending?.() ?? false;
}

/** A form that Enter in one of its fields would send: a dialog's. In a screen's form Enter goes on to the next field. */
function sendsByEnter(field: TextField): boolean {
  const form = field instanceof HTMLInputElement ? field.form : null;
  return form !== null && !Object.keys(savedByKey).some((name) => form.hasAttribute(name));
}

/**
 * Reads every key of the window before anybody else. Beside all fields a letter is held back until no further one has come
 * within the gap of a scanner: then it goes where it was meant. In fields all keys are written as they come. A burst and
 * the Enter or Tab at its end are one scan.
 */
export function listenForScans({
  takesScans,
  knows,
  give,
}: {
  /** Whether the screen in front takes scans. */
  takesScans: () => boolean;
  /** Whether it knows the code already: as one of its products or bins. */
  knows: (code: string) => boolean;
  give: (code: string) => void;
}): () => void {
  let keys: Key[] = [];
  /** The first key of a burst beside all fields, until it is known to be one. */
  let held: KeyboardEvent | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const released = new WeakSet<Event>();

  function forget() {
    keys = [];
    held = null;
    clearTimeout(timer);
  }

  /** The letter that was held back came from no scanner: it goes where it was meant. */
  function release() {
    const event = held;
    forget();
    if (!event) return;
    const { key, code, location, shiftKey } = event;
    const again = new KeyboardEvent('keydown', {
      key,
      code,
      location,
      shiftKey,
      bubbles: true,
      cancelable: true,
      composed: true,
    });
    released.add(again);
    const target = event.target instanceof Element && event.target.isConnected ? event.target : document.body;
    target.dispatchEvent(again);
  }

  function releaseInTime() {
    // A busy page may have the next key waiting already.
    if (isInputPending()) timer = setTimeout(releaseInTime, averageGap);
    else release();
  }

  function hold(event: KeyboardEvent) {
    const at = event.timeStamp;
    const last = keys.at(-1);
    if (last && (last.field !== null || at - last.at > (held ? averageGap : longestGap))) release();
    // Space presses buttons and marks rows: it may be part of a code, but never begins one.
    if (event.key === ' ' && keys.length === 0) return;
    stop(event);
    if (event.repeat) return;
    held = keys.length === 0 ? event : null;
    keys.push({ text: event.key, at, field: null, before: '' });
    clearTimeout(timer);
    timer = held ? setTimeout(releaseInTime, averageGap) : setTimeout(forget, suffixGap);
  }

  function note(event: KeyboardEvent, field: TextField) {
    const at = event.timeStamp;
    const last = keys.at(-1);
    if (last?.field === null) release();
    // A scanner stays in one field: what a quick typist left in the field before is not part of what follows in this one.
    const isElsewhere = field.dataset.typed !== undefined && field !== last?.field;
    // A key held down comes as fast as a scanner.
    if (event.repeat || isElsewhere || at - (last?.at ?? -Infinity) > longestGap) keys = [];
    if (!event.repeat) keys.push({ text: event.key, at, field, before: field.value });
  }

  /** A separator in a burst: no field writes it down. */
  function separate(event: KeyboardEvent) {
    stop(event);
    const field = keys.at(-1)?.field ?? null;
    held = null;
    keys.push({ text: '\u001d', at: event.timeStamp, field, before: field?.value ?? '' });
    clearTimeout(timer);
    if (field === null) timer = setTimeout(forget, suffixGap);
  }

  function endBeside(event: KeyboardEvent) {
    if (!isScanOutsideFields(keys, event.timeStamp)) {
      release();
      return;
    }
    const code = textOf(keys);
    forget();
    stop(event);
    give(code);
  }

  function endInField(event: KeyboardEvent) {
    const code = scannedInField(keys, event.timeStamp);
    forget();
    const begin = code?.[0];
    if (!code || !begin?.field) return;
    const text = textOf(code);
    const isTaken = takesScans();
    const isMeant = isMeantFor(begin.field, text, { isTaken, isKnown: isTaken && knows(text) });
    if (!isMeant && (isTaken || takesOwnCodesOnly(begin.field))) {
      stop(event);
      restore(begin.field, begin.before);
      give(text);
    } else if (event.key === 'Enter' && !actsOnEnter(begin.field) && sendsByEnter(begin.field)) {
      // The field may take what was typed; its form isn't sent by it.
      event.preventDefault();
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (released.has(event) || modifier.test(event.key)) return;
    if (isSeparator(event) && keys.length > 0) {
      separate(event);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
      forget();
      return;
    }
    const field = fieldOf(event.target);
    if (event.key === 'Enter' || event.key === 'Tab') {
      if (event.repeat) forget();
      else if (keys.at(-1)?.field === null) endBeside(event);
      else endInField(event);
    } else if (event.key.length !== 1) {
      release();
    } else if (field) {
      note(event, field);
    } else if (keepers === 0) {
      hold(event);
    }
  }

  window.addEventListener('keydown', onKeyDown, { capture: true });
  return () => {
    forget();
    window.removeEventListener('keydown', onKeyDown, { capture: true });
  };
}
