/** Held by every open tab, so that the next one knows whether it is the first. */
const presence = 'quartermaster-tab';

/**
 * Where a browser without the desktop shell keeps the sign-in (docs/decisions/0013): in localStorage, which the tabs share, so that
 * a link opened in a new tab is signed in too and auth-js sees what another tab refreshed. It must not outlive the last
 * tab, because handhelds change hands: the first tab of a browser forgets what it finds. A tab that is loaded again, or
 * brought back after the browser dropped it, has its own mark in sessionStorage and is not the first.
 *
 * Without https there are no locks, so nobody knows of other tabs: each keeps its own sign-in.
 * @param names what to forget
 */
export async function openBrowserStorage(names: readonly string[]): Promise<Storage> {
  const locks = (navigator as { locks?: LockManager }).locks;
  if (!locks) return window.sessionStorage;
  const { held = [] } = await locks.query();
  const isFirst = !held.some(({ name }) => name === presence);
  if (isFirst && window.sessionStorage.getItem(presence) === null) {
    for (const name of names) window.localStorage.removeItem(name);
  }
  window.sessionStorage.setItem(presence, 'open');
  // Never let go of: the browser does it when the tab is closed or loaded again.
  void locks.request(presence, { mode: 'shared' }, () => new Promise<never>(() => undefined));
  return window.localStorage;
}
