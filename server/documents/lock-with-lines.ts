import { inOrder } from '../db/statement-order.ts';

/**
 * Locks a document for the rest of the transaction: `header` takes the lock on its row, `lines` are read once it is
 * held. Undefined when there is no such document.
 */
export async function lockWithLines<Header extends object, Line>(
  header: () => Promise<Header[]>,
  lines: () => Promise<Line[]>,
): Promise<(Header & { lines: Line[] }) | undefined> {
  const [[row], itsLines] = await inOrder(header, lines);
  return row && { ...row, lines: itsLines };
}
