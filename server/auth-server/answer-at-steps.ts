import { setTimeout as delay } from 'node:timers/promises';

/** Longer than looking an address up, making an account and writing a mail take. */
const STEP_MS = 120;

/**
 * Answers, and refuses, at whole steps of time only, so that the time does not say whether anyone has the address:
 * what takes longer than one step under load is answered at the next one.
 */
export async function answerAtSteps<Result>(work: Promise<Result>): Promise<Result> {
  const begun = performance.now();
  try {
    return await work;
  } finally {
    const taken = performance.now() - begun;
    await delay(STEP_MS - (taken % STEP_MS));
  }
}
