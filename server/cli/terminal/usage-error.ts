/** A wrong argument; its message is all that is printed. */
export class UsageError extends Error {
  override name = 'UsageError';
}
