import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { originOf, requireSession } from '../bearer.ts';
import type { AuthContext } from '../context.ts';
import { inTransaction } from '../database.ts';
import { FactorsRepo, type FactorRow } from '../factors.repo.ts';
import { SessionsRepo } from '../sessions.repo.ts';
import { enrolTotp, stepOfTotp } from '../totp.ts';
import { forbidden, invalid, missing, unprocessable } from '../wire/failure.ts';
import { isUuid, readBody, readId, text } from '../wire/input.ts';

const CHALLENGE_LIFE_SECONDS = 300;
/** An enrolment that was not finished by then no longer blocks its name. */
const ENROLMENT_LIFE_SECONDS = 300;
const MAX_NAME_LENGTH = 100;

type SignedIn = Awaited<ReturnType<typeof requireSession>>;

const enrolment = z.object({ factor_type: text, friendly_name: text, issuer: text });
const proof = z.object({ challenge_id: text, code: text });

/** A second factor: an authenticator app's six digits. */
export function factorRoutes(app: FastifyInstance, context: AuthContext): void {
  app.post('/factors', async (request) => {
    const signedIn = await requirePerson(context, request);
    return enrol(context, signedIn, readBody(request, enrolment));
  });
  app.post('/factors/:id/challenge', async (request) => {
    context.limits.count('challenge', originOf(request).ip);
    const signedIn = await requirePerson(context, request);
    return challenge(context, request, await findFactor(context, request, signedIn));
  });
  app.post('/factors/:id/verify', async (request) => {
    context.limits.count('mfa', originOf(request).ip);
    const signedIn = await requirePerson(context, request);
    const factor = await findFactor(context, request, signedIn);
    return verify(context, request, signedIn, factor);
  });
  app.delete('/factors/:id', async (request) => {
    const signedIn = await requirePerson(context, request);
    return unenrol(context, signedIn, await findFactor(context, request, signedIn));
  });
}

/** A guest who has neither address nor password has nothing a second factor could protect. */
async function requirePerson(context: AuthContext, request: FastifyRequest): Promise<SignedIn> {
  const signedIn = await requireSession(context, request);
  if (signedIn.user.is_anonymous)
    throw forbidden('no_authorization', 'Anonymous user not allowed to perform these actions');
  return signedIn;
}

async function enrol(context: AuthContext, { user, session }: SignedIn, given: z.output<typeof enrolment>) {
  if (given.factor_type === 'phone')
    throw unprocessable('mfa_phone_enroll_not_enabled', 'MFA enroll is disabled for Phone');
  if (given.factor_type === 'webauthn')
    throw unprocessable('mfa_webauthn_enroll_not_enabled', 'MFA enroll is disabled for WebAuthn');
  if (given.factor_type !== 'totp') throw invalid('factor_type needs to be totp, phone, or webauthn');
  const { friendly_name: name, issuer } = given;
  if (name.length > MAX_NAME_LENGTH || issuer.length > MAX_NAME_LENGTH)
    throw invalid(`friendly_name and issuer can have at most ${MAX_NAME_LENGTH} characters`);
  const id = randomUUID();
  const made = await enrolTotp(issuer || new URL(context.settings.siteUrl).host, user.email ?? user.id);
  await inTransaction(context.pool, async (client) => {
    const factors = new FactorsRepo(client);
    await factors.removeAbandonedOf(user.id, ENROLMENT_LIFE_SECONDS);
    const known = await factors.ofUser(user.id);
    if (known.some((factor) => factor.friendly_name === name)) throw nameConflict(name);
    if (known.length >= context.settings.maxFactors)
      throw unprocessable(
        'too_many_enrolled_mfa_factors',
        'Maximum number of verified factors reached, unenroll to continue',
      );
    if (known.some((factor) => factor.status === 'verified') && session.aal !== 'aal2')
      throw forbidden('insufficient_aal', 'AAL2 required to enroll a new factor');
    await factors.insert({
      id,
      userId: user.id,
      friendlyName: name,
      sealedSecret: context.vault.seal(Buffer.from(made.secret), purposeOf(id)),
    });
  }).catch((error: unknown) => {
    throw isNameTaken(error) ? nameConflict(name) : error;
  });
  return {
    id,
    type: 'totp',
    ...(name === '' ? {} : { friendly_name: name }),
    totp: { qr_code: made.qrSvg, secret: made.secret, uri: made.uri },
  };
}

async function challenge(context: AuthContext, request: FastifyRequest, factor: FactorRow) {
  const { ip } = originOf(request);
  const made = await new FactorsRepo(context.pool).challenge(randomUUID(), factor.id, ip);
  const expiresAt = Math.floor(made.created_at.getTime() / 1000) + CHALLENGE_LIFE_SECONDS;
  return { id: made.id, type: 'totp', expires_at: expiresAt };
}

/** A right code raises this session to aal2 and ends the user's sessions that are still at aal1. */
async function verify(
  context: AuthContext,
  request: FastifyRequest,
  { user, session }: SignedIn,
  factor: FactorRow,
) {
  const given = readBody(request, proof);
  if (given.code === '') throw invalid('Code needs to be non-empty');
  if (!isUuid(given.challenge_id)) throw unknownChallenge();
  const outcome = await inTransaction(context.pool, async (client) => {
    const factors = new FactorsRepo(client);
    const sessions = new SessionsRepo(client);
    // Held first, as refreshing does, so that the two can't wait for each other.
    if (!(await sessions.byIdForUpdate(session.id)))
      throw forbidden('session_not_found', 'Session from session_id claim in JWT does not exist');
    const asked = await factors.challengeForUpdate(given.challenge_id.toLowerCase(), factor.id);
    if (!asked) throw unknownChallenge();
    if (asked.verified_at || asked.ip !== originOf(request).ip)
      throw unprocessable('mfa_ip_address_mismatch', 'Challenge and verify IP addresses mismatch.');
    if (Date.now() - asked.created_at.getTime() > CHALLENGE_LIFE_SECONDS * 1000) {
      await factors.removeChallenge(asked.id);
      return unprocessable(
        'mfa_challenge_expired',
        `MFA challenge ${asked.id} has expired, verify against another challenge or create a new challenge.`,
      );
    }
    const secret = context.vault.open(factor.sealed_secret, purposeOf(factor.id)).toString();
    const step = stepOfTotp(secret, given.code.trim());
    // Somebody who looked over a shoulder has the digits for up to a minute and a half.
    if (step === null || !(await factors.spend(factor.id, step)))
      throw unprocessable('mfa_verification_failed', 'Invalid TOTP code entered');
    await factors.markChallengeUsed(asked.id);
    await factors.markVerified(factor.id);
    await factors.removeUnverifiedOf(user.id);
    const tokens = await context.sessions.raise(client, user, session.id, factor.id);
    await sessions.removeWeakOf(user.id);
    return tokens;
  });
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

async function unenrol(context: AuthContext, { session }: SignedIn, factor: FactorRow) {
  if (factor.status === 'verified' && session.aal !== 'aal2')
    throw unprocessable('insufficient_aal', 'AAL2 required to unenroll verified factor');
  await inTransaction(context.pool, async (client) => {
    await new FactorsRepo(client).remove(factor.id);
    await new SessionsRepo(client).lowerByFactor(factor.id);
  });
  return { id: factor.id };
}

/** Another person's factor reads as one that does not exist. */
async function findFactor(
  context: AuthContext,
  request: FastifyRequest,
  { user }: SignedIn,
): Promise<FactorRow> {
  const id = readId(request, 'id', 'factor_id must be an UUID');
  const factor = (await new FactorsRepo(context.pool).ofUser(user.id)).find((one) => one.id === id);
  if (!factor) throw missing('mfa_factor_not_found', 'Factor not found');
  return factor;
}

function isNameTaken(error: unknown): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === 'factors_friendly_name';
}

function purposeOf(factorId: string): string {
  return `totp secret ${factorId}`;
}

const nameConflict = (name: string) =>
  unprocessable(
    'mfa_factor_name_conflict',
    `A factor with the friendly name "${name}" for this user already exists`,
  );
const unknownChallenge = () =>
  unprocessable('mfa_factor_not_found', 'MFA factor with the provided challenge ID not found');
