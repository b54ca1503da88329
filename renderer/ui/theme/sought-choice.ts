import type { FocusEvent } from 'react';

/** A person who types over the chosen entry means another one. */
export function selectsText({ currentTarget }: FocusEvent<HTMLInputElement>): void {
  currentTarget.select();
}

/** In a list of several, typed text means the marked entry, also when a person goes on without Enter. */
export function takesTyped({ currentTarget }: FocusEvent<HTMLInputElement>): void {
  const list = currentTarget.getAttribute('aria-controls');
  if (currentTarget.value.trim() === '' || !list) return;
  document.getElementById(list)?.querySelector<HTMLElement>('[data-combobox-selected]')?.click();
}
