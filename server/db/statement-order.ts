import { AsyncLocalStorage } from 'node:async_hooks';

/** The results of functions, once awaited. */
export type Given<Work extends readonly (() => unknown)[]> = {
  -readonly [K in keyof Work]: Awaited<ReturnType<Work[K]>>;
};

/** For nested ordered sending: each of these promises resolves once the last statement of its sender is on its way. */
const inside = new AsyncLocalStorage<Promise<void>[]>();

/**
 * Sends statements of one transaction in the given order, without waiting for the answers in between: they travel
 * together, and the database runs them one after the other. Each function is begun only when all that the one before
 * sends before its first answer is on its way, so that the order holds however deeply a statement is nested, and when
 * an earlier function itself sends several in order. Waits for all of them, so that nothing is still being sent when
 * the transaction is rolled back.
 * @throws the error of the first that failed
 */
export async function inOrder<const Work extends readonly (() => unknown)[]>(
  ...work: Work
): Promise<Given<Work>> {
  const outer = inside.getStore();
  let lastIsSent = () => {};
  outer?.push(new Promise((resolve) => (lastIsSent = resolve)));
  const begun: Promise<unknown>[] = [];
  for (const begin of work) {
    const inner: Promise<void>[] = [];
    begun.push(inside.run(inner, () => beginning(begin)));
    if (begun.length < work.length) await sent(inner);
    else if (outer) void sent(inner).then(lastIsSent);
  }
  return (await settled(begun)) as Given<Work>;
}

/**
 * Sends statements whose order doesn't matter, and waits for all of them, as `inOrder` does.
 * @throws the error of the first that failed
 */
export async function together<const Work extends readonly unknown[]>(
  work: Work,
): Promise<{ -readonly [K in keyof Work]: Awaited<Work[K]> }> {
  return (await settled(work)) as { -readonly [K in keyof Work]: Awaited<Work[K]> };
}

async function beginning(begin: () => unknown): Promise<unknown> {
  return begin();
}

/** Node runs the next tick when every promise waits for something outside. */
async function sent(inner: Promise<void>[]): Promise<void> {
  const tick = () => new Promise<void>((resolve) => process.nextTick(resolve));
  await tick();
  for (let last = inner.shift(); last; last = inner.shift()) {
    await last;
    await tick();
  }
}

async function settled(work: readonly unknown[]): Promise<unknown[]> {
  const results = await Promise.allSettled(work);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
