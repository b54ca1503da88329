/** What the person at the terminal asked for or set cannot be done; the message is one sentence for them. */
export class Refusal extends Error {
  /** Commands show the sentence of such a failure alone, without its stack. */
  readonly expected = true;
}
