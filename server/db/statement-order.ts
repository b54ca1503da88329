/** What functions give once they are waited for. */
export type Given<Work extends readonly (() => unknown)[]> = {
  -readonly [K in keyof Work]: Awaited<ReturnType<Work[K]>>;
};

/**
 * Sends statements of one transaction in the order they stand here, without waiting for the answers in between: they
 * travel together, and the database runs them one after the other. Each function is begun only when all that the one
 * before sends before its first answer is on its way, so that the order holds however deep the statement lies inside.
 * Waits for all of them, so that nothing is still being sent when the transaction is rolled back.
 * @throws what the first of them that failed threw
 */
export async function inOrder<const Work extends readonly (() => unknown)[]>(
  ...work: Work
): Promise<Given<Work>> {
  const begun: Promise<unknown>[] = [];
  for (const begin of work) {
    begun.push(beginning(begin));
    if (begun.length < work.length) await sent();
  }
  return (await settled(begun)) as Given<Work>;
}

/**
 * Waits for statements that have nothing to do with each other. Waits for all of them, as `inOrder` does.
 * @throws what the first of them that failed threw
 */
export async function together<const Work extends readonly unknown[]>(
  work: Work,
): Promise<{ -readonly [K in keyof Work]: Awaited<Work[K]> }> {
  return (await settled(work)) as { -readonly [K in keyof Work]: Awaited<Work[K]> };
}

async function beginning(begin: () => unknown): Promise<unknown> {
  return begin();
}

/** Node runs this when no promise has anything left to do but to wait for the outside. */
function sent(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

async function settled(work: readonly unknown[]): Promise<unknown[]> {
  const results = await Promise.allSettled(work);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
