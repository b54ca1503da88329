import { randomBytes } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtInRoles, permissionsOfRole } from '../../server/permissions/built-in-roles.contract.ts';
import { forbidden } from '../../server/permissions/abilities.ts';
import { permissions } from '../../server/permissions/permissions.contract.ts';
import { errorCodes } from '../../server/ground/errors.contract.ts';
import { startTestServices } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { callAll } from './walk/calls.ts';
import type { BatchAnswer } from './walk/calls.ts';
import { ofStep, procedures } from './walk/procedures.ts';
import type { WalkedProcedure } from './walk/procedures.ts';
import { dotted, fieldsOf } from './walk/schemas.ts';

/**
 * The ladder judges in this order: token, session, tenant, permission, and only then the input. So all
 * requests below carry an input that no procedure accepts: a caller without the right learns nothing about the input.
 */
const nonsense = '"no input of any procedure"';

/** A shared secret of the project, so that the tests can make tokens that are wrong in one respect only. */
const secret = randomBytes(32).toString('hex');
const legacySecret = new TextEncoder().encode(secret);

let services: TestServices;
beforeAll(async () => {
  services = await startTestServices({
    tenants: ['acme', 'globex'],
    environment: { SUPABASE_JWT_SECRET: secret },
  });
});
afterAll(() => services.stop());

/** What each procedure answers to nonsense with this token, by its name. */
async function answersTo(token: string | undefined, walked = procedures): Promise<Map<string, BatchAnswer>> {
  const calls = walked.map((procedure) => ({ procedure, input: procedure.input && nonsense }));
  const answers = await callAll(services.apiUrl, calls, token);
  return new Map(walked.map(({ name }, index) => [name, answers[index] as BatchAnswer]));
}

/** The names of procedures whose answer differs from the expected code. */
const others = (answers: Map<string, BatchAnswer>, code: string): string[] =>
  [...answers]
    .filter(([, { error }]) => error?.code !== code)
    .map(([name, { error, text }]) => `${name}: ${error?.code ?? text.slice(0, 100)}`);

const allowed = (answers: Map<string, BatchAnswer>): string[] =>
  [...answers].filter(([, { error }]) => error?.code !== 'FORBIDDEN').map(([name]) => name);

describe('the router', () => {
  test('declares for every procedure of a tenant what goes in and what comes out', () => {
    const silent = ofStep('tenant').filter(({ output }) => output === undefined);
    expect(silent.map(({ name }) => name)).toEqual([]);
    expect(procedures.length).toBeGreaterThan(30);
  });

  test('asks a permission for every change in a tenant but the language of one’s own screens', () => {
    const open = ofStep('tenant').filter(({ kind, permission }) => kind === 'mutation' && !permission);
    expect(open.map(({ name }) => name)).toEqual(['auth.chooseLanguage']);
  });

  test('takes no tenant from any input of those who have one: it comes from the token alone', () => {
    const naming = ofStep('session', 'tenant').flatMap(({ name, input }) =>
      fieldsOf(input)
        .map(({ path }) => dotted(path))
        .filter((path) => /tenant|company|organi[sz]ation/i.test(path))
        .map((path) => `${name} ${path}`),
    );
    // The choice among one's own companies, which only changes what the next token says; account-takeover tries others'.
    expect(naming).toEqual(['auth.chooseCompany tenantId']);
  });

  test('holds no kind of procedure that these suites cannot call', () => {
    expect(procedures.filter(({ kind }) => kind === 'subscription')).toEqual([]);
  });
});

describe('somebody who is not signed in', () => {
  test('gets nothing from any procedure without a token', async () => {
    expect(
      others(await answersTo(undefined, ofStep('session', 'tenant', 'platform')), 'UNAUTHENTICATED'),
    ).toEqual([]);
  });

  test('gets nothing with an invalid, expired, unsigned or forged token, or one meant for others', async () => {
    const real = await services.signIn(services.tenants.acme?.ownerEmail ?? '');
    const [head = '', body = '', signature = ''] = real.split('.');
    const { kid } = decodeProtectedHeader(real);
    const claims = decodeJwt(real);
    const now = Math.floor(Date.now() / 1000);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const stranger = await generateKeyPair('ES256', { extractable: true });
    const published = await (await fetch(`${services.authUrl}/auth/v1/.well-known/jwks.json`)).text();
    const minted = (changes: object, key: Uint8Array = legacySecret) =>
      new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg: 'HS256', kid }).sign(key);
    const forged = (header: object) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'ES256', ...header }).sign(stranger.privateKey);

    const tokens: Record<string, string> = {
      garbage: 'garbage',
      'alg none': new UnsecuredJWT(claims).encode(),
      'alg none under a signature': `${part({ alg: 'none', typ: 'JWT' })}.${body}.${signature}`,
      'changed contents': `${head}.${part({ ...claims, sub: crypto.randomUUID() })}.${signature}`,
      'no signature': `${head}.${body}.`,
      'a key of its own': await forged({ kid }),
      'a key of its own in the header': await forged({ kid, jwk: await exportJWK(stranger.publicKey) }),
      'an unknown key': await forged({ kid: 'nobody' }),
      'the public key as a secret': await minted({}, new TextEncoder().encode(published)),
      'the anonymous key': services.anonKey,
      'the service key': services.serviceRoleKey,
      expired: await minted({ exp: now - 60 }),
      'never expiring': await minted({ exp: undefined }),
      'not valid yet': await minted({ nbf: now + 600 }),
      "another project's": await minted({ iss: 'https://other.supabase.co/auth/v1' }),
      'another audience': await minted({ aud: 'anon' }),
      "nobody's": await minted({ sub: undefined }),
      'no session': await minted({ session_id: undefined, jti: undefined }),
      'a session nobody opened': await minted({ session_id: crypto.randomUUID(), jti: undefined }),
    };
    const surprising: string[] = [];
    for (const [what, token] of Object.entries(tokens)) {
      const answers = await answersTo(token, ofStep('session', 'tenant', 'platform'));
      surprising.push(...others(answers, 'UNAUTHENTICATED').map((line) => `${what}: ${line}`));
    }
    expect(surprising).toEqual([]);
    // The forgeries are refused for what was changed, not for how they were made.
    expect((await services.call('auth.me', undefined, await minted({}))).error).toBeUndefined();
  });
});

describe('a session that was ended', () => {
  test('is SESSION_REVOKED in every procedure, at once', async () => {
    const token = await services.signIn(await services.addPerson('acme', ['owner']));
    expect(others(await answersTo(token, ofStep('tenant')), 'FORBIDDEN')).not.toEqual([]);
    await services.call('auth.logout', {}, token);
    const answers = await answersTo(token, ofStep('session', 'tenant', 'platform'));
    expect(others(answers, 'SESSION_REVOKED')).toEqual([]);
    const again = await services.call('auth.openSession', {}, token);
    expect(again.error?.code).toBe('SESSION_REVOKED');
  });
});

describe('a suspended company', () => {
  test('is TENANT_SUSPENDED for its people in every procedure of a tenant, others work on', async () => {
    const operator = await services.signIn(await services.addOperator());
    const suspended = await services.signIn(await services.addPerson('globex', ['owner']));
    const working = await services.signIn(await services.addPerson('acme', ['owner']));
    const id = services.tenants.globex?.id;
    await services.call('admin.tenants.suspend', { id }, operator);
    try {
      expect(others(await answersTo(suspended, ofStep('tenant')), 'TENANT_SUSPENDED')).toEqual([]);
      expect(allowed(await answersTo(working, ofStep('tenant')))).toHaveLength(ofStep('tenant').length);
    } finally {
      await services.call('admin.tenants.reactivate', { id }, operator);
    }
    expect(allowed(await answersTo(suspended, ofStep('tenant')))).toHaveLength(ofStep('tenant').length);
  });
});

describe('every role', () => {
  const may = (permissions: readonly string[]) => (procedure: WalkedProcedure) =>
    [procedure.permission, procedure.reads].every((needed) => !needed || permissions.includes(needed));

  test.each(builtInRoles)('%s may do what the matrix says, and nothing else', async (role) => {
    const token = await services.signIn(await services.addPerson('acme', [role]));
    const answers = await answersTo(token, ofStep('tenant'));
    expect(allowed(answers)).toEqual(
      ofStep('tenant')
        .filter(may(permissionsOfRole[role]))
        .map(({ name }) => name),
    );
    for (const { error } of answers.values()) {
      if (error) expect(errorCodes).toContain(error.code);
    }
  });

  test('an employee without any role may call only what asks for no permission', async () => {
    const token = await services.signIn(await services.addPerson('acme', []));
    expect(allowed(await answersTo(token, ofStep('tenant')))).toEqual(
      ofStep('tenant')
        .filter(may([]))
        .map(({ name }) => name),
    );
  });

  test('one personal permission opens the procedures that ask for no other', async () => {
    const token = await services.signIn(await services.addPerson('acme', [], ['audit:read']));
    const opened = ofStep('tenant').filter(may(['audit:read']));
    expect(opened.some(({ permission }) => permission === 'audit:read')).toBe(true);
    expect(allowed(await answersTo(token, ofStep('tenant')))).toEqual(opened.map(({ name }) => name));
  });

  test('a person who may do everything and read one kind not changes nothing of that kind, and is told what is missing', async () => {
    const changes = ofStep('tenant').filter(({ kind, reads }) => kind === 'mutation' && reads);
    expect(changes.length).toBeGreaterThan(30);
    for (const reads of new Set(changes.flatMap((change) => change.reads ?? []))) {
      const others = permissions.filter((permission) => permission !== reads);
      const token = await services.signIn(await services.addPerson('acme', [], others));
      const ofKind = changes.filter((change) => change.reads === reads);
      const answers = await answersTo(token, ofKind);
      const said = [...answers].map(
        ([name, answer]) => `${name}: ${answer.error?.code ?? answer.text} ${answer.error?.message ?? ''}`,
      );
      expect(said).toEqual(ofKind.map(({ name }) => `${name}: FORBIDDEN ${forbidden(reads).wordsIn('en')}`));
    }
  });

  test('a person who is let in is then told what is wrong with the input', async () => {
    const token = await services.signIn(await services.addPerson('acme', ['owner']));
    const walked = ofStep('tenant').filter(({ input }) => input !== undefined);
    expect(others(await answersTo(token, walked), 'INVALID')).toEqual([]);
  });
});

describe("the platform's procedures", () => {
  test('refuse everybody of a company, its owner too', async () => {
    const surprising: string[] = [];
    for (const role of builtInRoles) {
      const token = await services.signIn(await services.addPerson('acme', [role]));
      const answers = await answersTo(token, ofStep('platform'));
      surprising.push(...others(answers, 'FORBIDDEN').map((line) => `${role}: ${line}`));
    }
    expect(surprising).toEqual([]);
  });

  test('are open to operators, and the companies are closed to them', async () => {
    const token = await services.signIn(await services.addOperator());
    expect(allowed(await answersTo(token, ofStep('platform')))).toHaveLength(ofStep('platform').length);
    expect(others(await answersTo(token, ofStep('tenant')), 'FORBIDDEN')).toEqual([]);
  });
});
