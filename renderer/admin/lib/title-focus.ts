/**
 * Puts the focus on the page's title when it is nowhere: a dialogue has closed whose button went with what it did, or
 * the screen has taken the place of its outline. Looked at after the dialogue has tried to give the focus back.
 */
export function focusTitleIfLost(): void {
  setTimeout(() => {
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>('[data-page-title]')?.focus({ preventScroll: true });
  }, 250);
}
