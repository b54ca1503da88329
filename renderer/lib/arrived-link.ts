import { readMailLink, type MailLink } from '../../electron/ipc/mail-link.ts';

/**
 * The link of a mail that a browser's page was opened by. What it carries leaves the address at once, before anything
 * else runs: the address is what gets shared, bookmarked and kept in the history.
 */
let waiting: MailLink | null = takeFromAddress();
const listeners = new Set<() => void>();

function takeFromAddress(): MailLink | null {
  const { pathname, protocol, href } = window.location;
  if (pathname !== '/' || !protocol.startsWith('http')) return null;
  const link = readMailLink(href);
  if (link) window.history.replaceState(window.history.state, '', '/');
  return link;
}

// A link pasted into the address of an open page loads nothing.
window.addEventListener('hashchange', () => {
  const link = takeFromAddress();
  if (!link) return;
  waiting = link;
  for (const listener of listeners) listener();
});

export const arrivedLink = {
  isWaiting: (): boolean => waiting !== null,
  /** Gives the link once. */
  take(): MailLink | null {
    const link = waiting;
    waiting = null;
    return link;
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
