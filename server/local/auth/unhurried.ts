import { setTimeout as delay } from 'node:timers/promises';

/** Longer than looking an address up, making an account and writing a mail take. */
const LEAST_MS = 120;

/** Answers no sooner than any outcome would, so that the time does not say whether anyone has the address. */
export async function unhurried<Result>(work: Promise<Result>): Promise<Result> {
  const [result] = await Promise.all([work, delay(LEAST_MS)]);
  return result;
}
