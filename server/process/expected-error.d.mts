export class ExpectedError extends Error {
  constructor(message?: string, options?: ErrorOptions);
  readonly expected: true;
}
