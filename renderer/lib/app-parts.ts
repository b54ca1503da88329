import { createElement, useEffect, useState, type ComponentType, type ReactNode } from 'react';

/** A part of the app could not be fetched: the server is away, or a newer version has taken its place. */
export class MissingPartError extends Error {
  constructor(cause: unknown) {
    super(String(cause), { cause });
    this.name = 'MissingPartError';
  }
}

/**
 * Fetches a part of the app. What fails is one kind of error in every browser, and not one by which the router loads the
 * whole page again: without a server that would leave nothing to read.
 */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch (cause) {
    throw new MissingPartError(cause);
  }
}

/** Fetches parts one after the other, before they are wanted; what can't be had now is fetched when it is opened. */
export async function loadAhead(parts: Iterable<() => Promise<unknown>>): Promise<void> {
  for (const load of parts) await load().catch(() => undefined);
}

/**
 * A part that is laid over the screen, once its code is here. One that can't be fetched is told of (`onMissing`) and tried
 * again the next time: the screen below stays.
 */
export function OverlayPart<Props extends object>({
  load,
  props,
  onMissing,
}: {
  load: () => Promise<ComponentType<Props>>;
  props: Props;
  onMissing: () => void;
}): ReactNode {
  const [part, setPart] = useState<ComponentType<Props> | null>(null);
  useEffect(() => {
    let left = false;
    load().then(
      (loaded) => {
        if (!left) setPart(() => loaded);
      },
      () => {
        if (!left) onMissing();
      },
    );
    return () => {
      left = true;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- asked for once, when it is wanted
  }, []);
  return part === null ? null : createElement(part, props);
}
