/** The longest search a list takes; an address typed by hand may hold more. */
const longest = 200;

/** What is searched for, as the lists' contracts want it. */
export function searchOf({ search }: { search: string }): string | undefined {
  return search.slice(0, longest).trim() || undefined;
}
