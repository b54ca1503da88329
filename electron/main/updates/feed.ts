import { parseAddress } from '../../ipc/address.ts';

/**
 * The address updates come from, or undefined for none: the environment's first, then the one the release was
 * built with. Only `https:` is followed, except on this machine, where the tests keep their feed.
 */
export function updateFeed(
  fromEnvironment: string | undefined,
  built: string | undefined,
): string | undefined {
  const url = parseAddress(fromEnvironment || built || '');
  if (url === undefined) return undefined;
  const local = url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return url.protocol === 'https:' || local ? url.href : undefined;
}
