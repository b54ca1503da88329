import type { FocusEvent } from 'react';

/** Whoever types on over the entry that is chosen means another one. */
export function selectsText({ currentTarget }: FocusEvent<HTMLInputElement>): void {
  currentTarget.select();
}

/** Of a list of several: what was typed means its marked entry, also for whoever goes on without Enter. */
export function takesTyped({ currentTarget }: FocusEvent<HTMLInputElement>): void {
  const list = currentTarget.getAttribute('aria-controls');
  if (currentTarget.value.trim() === '' || !list) return;
  document.getElementById(list)?.querySelector<HTMLElement>('[data-combobox-selected]')?.click();
}
