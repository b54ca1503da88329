import { randomBytes } from 'node:crypto';

/** Where the pages want the nonce for the style tags they make: `<meta name="csp-nonce" content="__CSP_NONCE__" />`. */
const placeholder = '__CSP_NONCE__';

export function newNonce(): string {
  return randomBytes(18).toString('base64url');
}

/**
 * The policy of one page load.
 * @param nonce for style tags made at run time; scripts come from files only
 * @param services the addresses the page may connect to; only their origins go into the policy
 */
export function contentSecurityPolicy(nonce: string, services: readonly string[]): string {
  const origins = [...new Set(services.map((service) => new URL(service).origin))];
  const directives: Readonly<Record<string, readonly string[]>> = {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'style-src-elem': ["'self'", `'nonce-${nonce}'`],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'"],
    'media-src': ["'self'", 'data:'],
    'worker-src': ["'self'"],
    'manifest-src': ["'self'"],
    'connect-src': ["'self'", ...origins],
    'frame-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
    'object-src': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}

/** Tells a document its nonce. Base64url only, so nothing in it needs escaping. */
export function withNonce(html: string, nonce: string): string {
  return html.replaceAll(placeholder, nonce);
}
