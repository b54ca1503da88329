import { parseAddress } from './address.ts';

/**
 * The server named by a link with which administrators tell an app where to connect, such as
 * `quartermaster://connect?server=stock.example.com`; null for any other address. The person is asked before the link
 * has any effect.
 */
export function readConnectLink(address: string): string | null {
  const url = parseAddress(address);
  if (url?.protocol !== 'quartermaster:' || url.host !== 'connect') return null;
  const server = url.searchParams.get('server')?.trim() ?? '';
  return server === '' || server.length > 2048 ? null : server;
}
