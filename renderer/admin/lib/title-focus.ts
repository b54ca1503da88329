/**
 * Puts a lost focus on the page's title: a dialogue closed and its button is gone, or the screen replaced its outline.
 * Checks after the dialogue has tried to give the focus back.
 */
export function focusTitleIfLost(): void {
  setTimeout(() => {
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>('[data-page-title]')?.focus({ preventScroll: true });
  }, 250);
}
