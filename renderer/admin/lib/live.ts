/** Reading a list again takes as many requests as it has pages. */
interface PagedQuery {
  state: { data: { pages: readonly unknown[] } | undefined };
}

/**
 * Reads a list again and again while it is on the screen. Somebody who scrolled through thousands of rows has many
 * pages loaded, and all of them are read again: the pause grows with them, so that the load stays the same.
 */
export function liveEvery(milliseconds: number): (query: PagedQuery) => number {
  return (query) => milliseconds * Math.max(1, query.state.data?.pages.length ?? 1);
}
