import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import type pg from 'pg';
import { z } from 'zod';
import type { Connection } from './database.ts';
import { FlowStatesRepo, type FlowStateRow } from './flow-states.repo.ts';
import { badRequest, invalid, missing, unprocessable } from './wire/failure.ts';
import { text } from './wire/input.ts';

const CODE_LIFE_MS = 300_000;

/** The two fields every request that may begin a PKCE flow carries; both empty means the implicit flow. */
export const pkceFields = { code_challenge: text, code_challenge_method: text };

export interface Challenge {
  challenge: string;
  method: 's256' | 'plain';
}

const challengeMethod = z.enum(['s256', 'plain']);

/** @throws AuthFailure validation_failed (RFC 7636: 43 to 128 characters). */
export function readChallenge(body: {
  code_challenge: string;
  code_challenge_method: string;
}): Challenge | null {
  const { code_challenge: challenge, code_challenge_method: method } = body;
  if (challenge === '' && method === '') return null;
  if (challenge === '' || method === '')
    throw invalid('PKCE flow requires code_challenge_method and code_challenge');
  const parsed = challengeMethod.safeParse(method.toLowerCase());
  if (!parsed.success) throw invalid(`unsupported code_challenge method "${method.slice(0, 40)}"`);
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(challenge))
    throw invalid('code challenge has to be between 43 and 128 characters');
  return { challenge, method: parsed.data };
}

/** Remembers the client's challenge until the person follows the link. */
export async function beginFlow(
  db: Connection,
  userId: string,
  authenticationMethod: string,
  challenge: Challenge | null,
): Promise<void> {
  if (!challenge) return;
  await new FlowStatesRepo(db).insert({
    userId,
    authenticationMethod,
    challenge: challenge.challenge,
    challengeMethod: challenge.method,
  });
}

/** @throws AuthFailure 404 flow_state_not_found when the user has begun no such flow. */
export async function issueAuthCode(db: Connection, userId: string, methods: string[]): Promise<string> {
  const code = randomUUID();
  if (!(await new FlowStatesRepo(db).issueAuthCode(userId, methods, hashOf(code)))) throw unknownFlow();
  return code;
}

/**
 * Redeems an authorization code, once.
 *
 * @throws AuthFailure 404 flow_state_not_found, 422 flow_state_expired, 400 bad_code_verifier.
 */
export async function redeemAuthCode(
  client: pg.PoolClient,
  authCode: string,
  verifier: string,
): Promise<FlowStateRow> {
  const flows = new FlowStatesRepo(client);
  const flow = await flows.byAuthCodeForUpdate(hashOf(authCode));
  if (!flow?.auth_code_issued_at) throw unknownFlow();
  if (Date.now() - flow.auth_code_issued_at.getTime() >= CODE_LIFE_MS)
    throw unprocessable('flow_state_expired', 'invalid flow state, flow state has expired');
  if (!matches(flow, verifier))
    throw badRequest('bad_code_verifier', 'code challenge does not match previously saved code verifier');
  await flows.remove(flow.id);
  return flow;
}

function matches(flow: FlowStateRow, verifier: string): boolean {
  const given =
    flow.code_challenge_method === 's256'
      ? createHash('sha256').update(verifier).digest('base64url')
      : verifier;
  const [a, b] = [Buffer.from(given), Buffer.from(flow.code_challenge)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function hashOf(authCode: string): string {
  return createHash('sha256').update(authCode).digest('hex');
}

const unknownFlow = () => missing('flow_state_not_found', 'invalid flow state, no valid flow state found');
