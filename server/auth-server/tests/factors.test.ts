import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeAt, codeOf } from '../../../tests/fixtures/authenticator-code.ts';
import { signIn, startFixture, type AuthFixture, type Client } from '../../../tests/fixtures/local-auth.ts';

let auth: AuthFixture;
beforeAll(async () => {
  auth = await startFixture(15_104);
});
afterAll(() => auth.close());

async function enrol(client: Client, friendlyName = 'phone') {
  const { data, error } = await client.auth.mfa.enroll({
    factorType: 'totp',
    friendlyName,
    issuer: 'Quartermaster',
  });
  if (error) throw error;
  return data;
}

async function enrolled() {
  const { id, email } = await auth.newUser();
  const me = await signIn(auth, email);
  const factor = await enrol(me.client);
  const { error } = await me.client.auth.mfa.challengeAndVerify({
    factorId: factor.id,
    code: await codeOf(factor.totp.secret),
  });
  if (error) throw error;
  return { id, email, client: me.client, claims: me.claims, factor };
}

describe('a second factor', () => {
  test('is enrolled by QR code or typed secret, and raises the session to aal2', async () => {
    const { email } = await auth.newUser();
    const [me, elsewhere] = [await signIn(auth, email), await signIn(auth, email)];
    const factor = await enrol(me.client);
    expect(factor).toMatchObject({ type: 'totp', friendly_name: 'phone' });
    expect(factor.totp.qr_code).toMatch(/^data:image\/svg\+xml;utf-8,<svg/);
    expect(factor.totp.uri).toContain(`secret=${factor.totp.secret}`);
    expect(factor.totp.uri).toMatch(/^otpauth:\/\/totp\/Quartermaster:/);
    const challenge = await me.client.auth.mfa.challenge({ factorId: factor.id });
    expect(challenge.data).toMatchObject({ type: 'totp' });
    const wrong = await me.client.auth.mfa.verify({
      factorId: factor.id,
      challengeId: challenge.data?.id ?? '',
      code: '000000',
    });
    expect(wrong.error).toMatchObject({
      status: 422,
      code: 'mfa_verification_failed',
      message: 'Invalid TOTP code entered',
    });
    const right = await me.client.auth.mfa.verify({
      factorId: factor.id,
      challengeId: challenge.data?.id ?? '',
      code: await codeOf(factor.totp.secret),
    });
    expect(right.error).toBeNull();
    const { data } = await me.client.auth.getClaims();
    expect(data?.claims).toMatchObject({ aal: 'aal2', session_id: me.claims['session_id'] });
    expect(data?.claims.amr?.map((entry) => (typeof entry === 'string' ? entry : entry.method))).toEqual([
      'totp',
      'password',
    ]);
    expect((await elsewhere.client.auth.getUser()).error?.name).toBe('AuthSessionMissingError');
    const level = await me.client.auth.mfa.getAuthenticatorAssuranceLevel();
    expect(level.data).toMatchObject({ currentLevel: 'aal2', nextLevel: 'aal2' });
    expect((await me.client.auth.refreshSession()).error).toBeNull();
    expect((await me.client.auth.getClaims()).data?.claims.aal).toBe('aal2');
    const listed = await me.client.auth.mfa.listFactors();
    expect(listed.data?.totp).toMatchObject([{ id: factor.id, status: 'verified' }]);
  });

  test('tolerates a clock that is one step off, and no more', async () => {
    const { client, factor } = await enrolled();
    await auth.db.query('UPDATE factors SET last_step = NULL WHERE id = $1', [factor.id]);
    const attempt = async (at: number) =>
      (
        await client.auth.mfa.challengeAndVerify({
          factorId: factor.id,
          code: codeAt(factor.totp.secret, at),
        })
      ).error?.code;
    expect(await attempt(Date.now() - 120_000)).toBe('mfa_verification_failed');
    expect(await attempt(Date.now() - 22_000)).toBeUndefined();
  });

  test('takes a code once: not again, not in another session, not at the same moment', async () => {
    const { id, email } = await auth.newUser();
    const me = await signIn(auth, email);
    const factor = await enrol(me.client);
    const code = await codeOf(factor.totp.secret);
    const attempt = async (client: Client) =>
      (await client.auth.mfa.challengeAndVerify({ factorId: factor.id, code })).error?.code;
    expect(await attempt(me.client)).toBeUndefined();
    const thieves = await Promise.all(Array.from({ length: 4 }, () => signIn(auth, email)));
    const failed = 'mfa_verification_failed';
    expect(await Promise.all(thieves.map((thief) => attempt(thief.client)))).toEqual(Array(4).fill(failed));
    expect(await attempt(me.client)).toBe(failed);

    const fresh = await codeOf(factor.totp.secret);
    const outcomes = await Promise.all(
      thieves.map(
        async ({ client }) =>
          (await client.auth.mfa.challengeAndVerify({ factorId: factor.id, code: fresh })).error,
      ),
    );
    expect(outcomes.filter((error) => error === null)).toHaveLength(1);
    const raised = await auth.db.query(`SELECT FROM sessions WHERE user_id = $1 AND aal = 'aal2'`, [id]);
    expect(raised.rowCount).toBe(2);
    // An older code of the window, which nobody has typed, is spent with the newer one.
    await auth.db.query('UPDATE factors SET last_step = last_step + 2 WHERE id = $1', [factor.id]);
    const older = codeAt(factor.totp.secret, Date.now());
    expect(
      (await me.client.auth.mfa.challengeAndVerify({ factorId: factor.id, code: older })).error?.code,
    ).toBe(failed);
  });

  test('has to be shown again by a new session before anything sensitive changes', async () => {
    const { email, factor } = await enrolled();
    const me = await signIn(auth, email);
    const level = await me.client.auth.mfa.getAuthenticatorAssuranceLevel();
    expect(level.data).toMatchObject({ currentLevel: 'aal1', nextLevel: 'aal2' });
    const { error: password } = await me.client.auth.updateUser({ password: 'another one' });
    expect(password).toMatchObject({ status: 401, code: 'insufficient_aal' });
    const { error: enrolment } = await me.client.auth.mfa.enroll({
      factorType: 'totp',
      friendlyName: 'second',
    });
    expect(enrolment).toMatchObject({ status: 403, code: 'insufficient_aal' });
    const { error: removal } = await me.client.auth.mfa.unenroll({ factorId: factor.id });
    expect(removal).toMatchObject({ status: 422, code: 'insufficient_aal' });
  });

  test('can be removed, and its sessions fall back to aal1', async () => {
    const { client, factor } = await enrolled();
    expect((await client.auth.mfa.unenroll({ factorId: factor.id })).data).toEqual({ id: factor.id });
    await client.auth.refreshSession();
    const { data } = await client.auth.getClaims();
    expect(data?.claims).toMatchObject({ aal: 'aal1', amr: [{ method: 'password' }] });
    expect((await client.auth.mfa.listFactors()).data?.all).toEqual([]);
  });

  test('challenge is used once, by the address it was given to, within five minutes', async () => {
    const { client, factor } = await enrolled();
    const code = await codeOf(factor.totp.secret);
    const newChallenge = async () =>
      (await client.auth.mfa.challenge({ factorId: factor.id })).data?.id ?? '';
    const verify = async (challengeId: string) =>
      (await client.auth.mfa.verify({ factorId: factor.id, challengeId, code })).error?.code;
    const once = await newChallenge();
    expect(await verify(once)).toBeUndefined();
    expect(await verify(once)).toBe('mfa_ip_address_mismatch');
    const elsewhere = await newChallenge();
    await auth.db.query(`UPDATE challenges SET ip = '10.0.0.1' WHERE id = $1`, [elsewhere]);
    expect(await verify(elsewhere)).toBe('mfa_ip_address_mismatch');
    const late = await newChallenge();
    await auth.db.query(`UPDATE challenges SET created_at = now() - interval '301 s' WHERE id = $1`, [late]);
    expect(await verify(late)).toBe('mfa_challenge_expired');
    expect(await verify(late)).toBe('mfa_factor_not_found');
    expect(await verify('nonsense')).toBe('mfa_factor_not_found');
  });

  test('can be asked for and answered as often as each is allowed, apart from the other', async () => {
    const { client, factor } = await enrolled();
    const twice = { count: 1, seconds: 3600, burst: 2 };
    await auth.restart({ rateLimits: { challenge: twice, mfa: twice } });
    const challenge = () => client.auth.mfa.challenge({ factorId: factor.id });
    const { data } = await challenge();
    const answer = async () =>
      (await client.auth.mfa.verify({ factorId: factor.id, challengeId: data?.id ?? '', code: '0' })).error
        ?.code;
    expect([await answer(), await answer()]).toEqual(Array(2).fill('mfa_verification_failed'));
    expect((await challenge()).error).toBeNull();
    expect([await answer(), (await challenge()).error?.code]).toEqual(
      Array(2).fill('over_request_rate_limit'),
    );
    await auth.restart();
  });

  test('of somebody else does not exist', async () => {
    const { factor } = await enrolled();
    const { email } = await auth.newUser();
    const me = await signIn(auth, email);
    const { error } = await me.client.auth.mfa.challenge({ factorId: factor.id });
    expect(error).toMatchObject({ status: 404, code: 'mfa_factor_not_found' });
    expect((await me.client.auth.mfa.unenroll({ factorId: factor.id })).error?.status).toBe(404);
  });

  test('has a name of its own and a limit on their number', async () => {
    const { email } = await auth.newUser();
    const { client } = await signIn(auth, email);
    await enrol(client, 'one');
    const { error } = await client.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'one' });
    expect(error).toMatchObject({ status: 422, code: 'mfa_factor_name_conflict' });
    for (let index = 2; index <= 10; index += 1) await enrol(client, `factor ${index}`);
    const many = await client.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'eleven' });
    expect(many.error).toMatchObject({ status: 422, code: 'too_many_enrolled_mfa_factors' });
    const phone = await client.auth.mfa.enroll({ factorType: 'phone', phone: '+15555551212' });
    expect(phone.error).toMatchObject({ status: 422, code: 'mfa_phone_enroll_not_enabled' });
  });

  test('can be seen and removed by the administrator; its secret is not readable in the database', async () => {
    const { id, factor } = await enrolled();
    const listed = await auth.admin.auth.admin.mfa.listFactors({ userId: id });
    expect(listed.data?.factors).toMatchObject([{ id: factor.id, status: 'verified' }]);
    const dump = await auth.db.query<{ row: string }>('SELECT factors::text AS row FROM factors');
    const hex = Buffer.from(factor.totp.secret).toString('hex');
    expect(dump.rows.some(({ row }) => row.includes(factor.totp.secret) || row.includes(hex))).toBe(false);
    const removed = await auth.admin.auth.admin.mfa.deleteFactor({ userId: id, id: factor.id });
    expect(removed.error).toBeNull();
    expect((await auth.admin.auth.admin.mfa.listFactors({ userId: id })).data?.factors).toEqual([]);
  });
});
