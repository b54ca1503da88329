import { useEffect, useState } from 'react';
import lt from 'semver/functions/lt';
import { z } from 'zod';
import { desktop } from './desktop.ts';

const healthSchema = z.object({ lowestClient: z.string() });

/**
 * Whether this desktop app is too old for the server, by the lowest version that the server names. A server that does
 * not say, and a browser, whose pages come from the server itself, are never too old.
 */
export function useTooOld(lowest: string | undefined): boolean {
  const [own, setOwn] = useState<string>();
  useEffect(() => {
    desktop?.app
      .getVersion()
      .then(({ app }) => {
        setOwn(app);
      })
      .catch(() => undefined);
  }, []);
  if (own === undefined || lowest === undefined) return false;
  try {
    return lt(own, lowest);
  } catch {
    return false;
  }
}

/** What the server names before anybody has signed in; undefined until it answers. */
export function useLowestClient(apiUrl: string): string | undefined {
  const [lowest, setLowest] = useState<string>();
  useEffect(() => {
    if (!desktop) return;
    fetch(`${apiUrl}/api/health`, { signal: AbortSignal.timeout(10_000) })
      .then(async (response) => {
        setLowest(healthSchema.parse(await response.json()).lowestClient);
      })
      .catch(() => undefined);
  }, [apiUrl]);
  return lowest;
}
