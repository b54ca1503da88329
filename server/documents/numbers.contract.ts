/** Crockford's digits: none is mistaken for another when read out or written down. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const prefix = 'DRAFT-';

/**
 * A document's name until it gets its number: `DRAFT-K7Q2MX`. Made from its id, so it is the same on every computer;
 * six random digits keep two drafts of a company apart, and nothing breaks if they don't.
 */
export function provisionalName(id: string): string {
  // A uuid of version 7 begins with the time; its end is random.
  const chance = Number.parseInt(id.slice(-8), 16);
  const places = [25, 20, 15, 10, 5, 0];
  return prefix + places.map((bits) => digits.charAt((chance >>> bits) & 31)).join('');
}

/** Whether a document still waits for its number. */
export function isProvisional(name: string): boolean {
  return name.startsWith(prefix);
}
