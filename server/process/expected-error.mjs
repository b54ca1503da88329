/** A failure whose message is written for the person at the terminal: shown without a stack trace. */
export class ExpectedError extends Error {
  expected = true;
}
