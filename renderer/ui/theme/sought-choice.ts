import type { FocusEvent, KeyboardEvent } from 'react';

/*
 * A short list is typed into: whoever looks for an entry by keys and goes on means the marked one, by Tab and by a press
 * elsewhere as by Enter. Who only passes through the field means nothing, also when its list arrives late: the component's
 * own way of taking the marked entry (autoSelectOnBlur) takes the first of the list then.
 */

/** Whoever types on over the entry that is chosen means another one. */
export function selectsText({ currentTarget }: FocusEvent<HTMLInputElement>): void {
  currentTarget.select();
}

/** Notes that somebody looks for an entry. */
export function notesSearch({ key, currentTarget }: KeyboardEvent<HTMLInputElement>): void {
  if (key !== 'Tab' && key !== 'Shift') currentTarget.dataset.sought = 'true';
}

/** Takes the marked entry of an open list when the field is left, if it was looked for. */
export function takesSought({ currentTarget }: FocusEvent<HTMLInputElement>): void {
  const { sought } = currentTarget.dataset;
  delete currentTarget.dataset.sought;
  const list = currentTarget.getAttribute('aria-controls');
  if (!sought || !list || currentTarget.getAttribute('aria-expanded') !== 'true') return;
  document.getElementById(list)?.querySelector<HTMLElement>('[data-combobox-selected]')?.click();
}
