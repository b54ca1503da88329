import { parseAddress } from '../../ipc/address.ts';

/**
 * Whether a page may ask for an address at all: the second wall behind the content security policy, which also
 * covers `file:` and whatever a policy forgets.
 * @param services addresses of the API and the auth server
 * @param developing lets the developer tools load themselves
 */
export function mayRequest(address: string, services: readonly string[], developing: boolean): boolean {
  const url = parseAddress(address);
  if (url === undefined) return false;
  switch (url.protocol) {
    case 'app:':
    case 'data:':
    case 'blob:':
      return true;
    case 'devtools:':
      return developing;
    case 'http:':
    case 'https:':
      return services.some((service) => new URL(service).origin === url.origin);
    default:
      return false;
  }
}

/** The address to hand to the system's browser, or undefined: `https:` only, and without credentials in it. */
export function externalLink(address: string): string | undefined {
  const url = parseAddress(address);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined;
  return url.href;
}
