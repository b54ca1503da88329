export class ExpectedError extends Error {
  readonly expected: true;
}
