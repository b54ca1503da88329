import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Metadata } from './wire/input.ts';
import type { KeyRing } from './signing-keys.ts';
import type { TokenAlgorithm } from './settings.ts';
import { forbidden } from './wire/failure.ts';

export interface AuthenticationMethod {
  method: string;
  timestamp: number;
}

export interface AccessTokenSubject {
  userId: string;
  aud: string;
  role: string;
  email: string;
  phone: string;
  appMetadata: Metadata;
  userMetadata: Metadata;
  isAnonymous: boolean;
  sessionId: string;
  aal: 'aal1' | 'aal2';
  /** Newest first. */
  amr: AuthenticationMethod[];
}

const claimsSchema = z.object({
  sub: z.string().default(''),
  role: z.string().default(''),
  session_id: z.string().default(''),
  aal: z.string().default(''),
  aud: z.union([z.string(), z.array(z.string())]).default(''),
});
export type Claims = z.infer<typeof claimsSchema>;

/** Makes and checks access tokens. */
export class AccessTokens {
  readonly #keys: KeyRing;
  readonly #secret: Uint8Array;
  readonly #algorithm: TokenAlgorithm;
  readonly #issuer: string;
  readonly lifeSeconds: number;

  constructor(options: {
    keys: KeyRing;
    jwtSecret: string;
    algorithm: TokenAlgorithm;
    issuer: string;
    lifeSeconds: number;
  }) {
    this.#keys = options.keys;
    this.#secret = new TextEncoder().encode(options.jwtSecret);
    this.#algorithm = options.algorithm;
    this.#issuer = options.issuer;
    this.lifeSeconds = options.lifeSeconds;
  }

  /** Supabase Auth's claims: no `jti` and no `nbf`, and `app_metadata` as it is at this moment. */
  async issue(subject: AccessTokenSubject): Promise<{ token: string; expiresAt: number }> {
    const issuedAt = Math.floor(Date.now() / 1000);
    const expiresAt = issuedAt + this.lifeSeconds;
    const jwt = new SignJWT({
      iss: this.#issuer,
      sub: subject.userId,
      aud: subject.aud,
      exp: expiresAt,
      iat: issuedAt,
      email: subject.email,
      phone: subject.phone,
      app_metadata: subject.appMetadata,
      user_metadata: subject.userMetadata,
      role: subject.role,
      aal: subject.aal,
      amr: subject.amr,
      session_id: subject.sessionId,
      is_anonymous: subject.isAnonymous,
    });
    if (this.#algorithm === 'HS256') {
      jwt.setProtectedHeader({ alg: 'HS256', typ: 'JWT' });
      return { token: await jwt.sign(this.#secret), expiresAt };
    }
    const signer = await this.#keys.signer();
    jwt.setProtectedHeader({ alg: signer.algorithm, kid: signer.kid, typ: 'JWT' });
    return { token: await jwt.sign(signer.key), expiresAt };
  }

  /** @throws AuthFailure 403 bad_jwt for anything but a token of ours that is still valid. */
  async verify(token: string): Promise<Claims> {
    try {
      const { payload } = await this.#verifySignature(token);
      const claims = claimsSchema.safeParse(payload);
      if (!claims.success) throw forbidden('bad_jwt', 'invalid claim: a claim has the wrong type');
      return claims.data;
    } catch (error) {
      if (error instanceof errors.JOSEError) throw badJwt(reasonOf(error));
      throw error;
    }
  }

  async #verifySignature(token: string): Promise<{ payload: unknown }> {
    const header = headerOf(token);
    // A kid of ours always means its asymmetric key; the API keys are HS256 tokens whatever signs access tokens.
    const known = header.kid === undefined ? undefined : await this.#keys.verifier(header.kid);
    if (!known && header.alg === 'HS256') return jwtVerify(token, this.#secret, { algorithms: ['HS256'] });
    if (!known) throw badJwt('unrecognized JWT kid or algorithm');
    return jwtVerify(token, known.key, {
      algorithms: [known.algorithm],
      issuer: this.#issuer,
      requiredClaims: ['exp'],
    });
  }
}

function headerOf(token: string): { alg: string | undefined; kid: string | undefined } {
  try {
    const { alg, kid } = decodeProtectedHeader(token);
    return { alg, kid: typeof kid === 'string' ? kid : undefined };
  } catch {
    throw badJwt('token is malformed');
  }
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'token has invalid claims: token is expired';
  if (error instanceof errors.JWTClaimValidationFailed) return 'token has invalid claims';
  return 'token signature is invalid';
}

function badJwt(reason: string): ReturnType<typeof forbidden> {
  return forbidden('bad_jwt', `invalid JWT: unable to parse or verify signature, ${reason}`);
}
