/** An expected refusal, in the words and codes Supabase Auth's clients know. */
export class AuthFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly extras: Record<string, unknown>;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    more: { extras?: Record<string, unknown>; retryAfterSeconds?: number } = {},
  ) {
    super(message);
    this.name = 'AuthFailure';
    this.status = status;
    this.code = code;
    this.extras = more.extras ?? {};
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

export const badRequest = (code: string, message: string): AuthFailure => new AuthFailure(400, code, message);
export const forbidden = (code: string, message: string): AuthFailure => new AuthFailure(403, code, message);
export const missing = (code: string, message: string): AuthFailure => new AuthFailure(404, code, message);
export const unprocessable = (code: string, message: string): AuthFailure =>
  new AuthFailure(422, code, message);
export const invalid = (message: string): AuthFailure => badRequest('validation_failed', message);

/** The same words for a wrong password, an unknown address and an account without a password. */
export const invalidCredentials = (): AuthFailure =>
  badRequest('invalid_credentials', 'Invalid login credentials');

export const emailExists = (): AuthFailure =>
  unprocessable('email_exists', 'A user with this email address has already been registered');

export const phoneExists = (): AuthFailure =>
  unprocessable('phone_exists', 'A user with this phone number has already been registered');
