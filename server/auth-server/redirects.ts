import type { FastifyRequest } from 'fastify';
import type { AuthSettings } from './settings.ts';
import { readQuery } from './wire/input.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const MAX_LENGTH = 2048;

/** Where a link of this request may lead: its own wish if allowed, else the page it came from, else the site. */
export function redirectOf(request: FastifyRequest, settings: AuthSettings, wish = ''): string {
  const wishes = [readQuery(request, 'redirect_to'), wish, request.headers.referer ?? ''];
  return wishes.find((candidate) => isAllowed(candidate, settings)) ?? settings.siteUrl;
}

/** The site's own host, any page on this machine, and the addresses on the allow list. */
function isAllowed(address: string, settings: AuthSettings): boolean {
  if (address === '' || address.length > MAX_LENGTH || !URL.canParse(address)) return false;
  const target = new URL(address);
  if (target.protocol === 'http:' || target.protocol === 'https:') {
    if (target.username !== '' || target.password !== '') return false;
    if (LOOPBACK.has(target.hostname)) return true;
    if (target.hostname === new URL(settings.siteUrl).hostname) return true;
  }
  const bare = address.split('#')[0] ?? '';
  return settings.redirectAllowList.some((pattern) => globOf(pattern).test(bare));
}

/** The address a mail's link leads to, with the redirect appended as Supabase Auth does. */
export function actionLink(baseUrl: string, tokenHash: string, type: string, redirectTo: string): string {
  // Supabase Auth leaves an address without &, = or # readable.
  const target = /[&=#%\s"'<>\\]/.test(redirectTo) ? encodeURIComponent(redirectTo) : redirectTo;
  return `${baseUrl}/verify?token=${encodeURIComponent(tokenHash)}&type=${encodeURIComponent(type)}&redirect_to=${target}`;
}

/** The address with these parameters in its fragment, and in its query too where asked. */
export function withParameters(
  address: string,
  parameters: Record<string, string>,
  places: { fragment?: boolean; query?: boolean },
): string {
  const url = new URL(address);
  if (places.query) for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  if (places.fragment) url.hash = new URLSearchParams(parameters).toString();
  return url.href;
}

function globOf(pattern: string): RegExp {
  const source = pattern
    .split(/(\*\*|\*)/)
    .map((part) =>
      part === '**' ? '.*' : part === '*' ? '[^/.]*' : part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`^${source}$`);
}
