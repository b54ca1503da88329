import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OperatorCommands } from '../../server/admin/operators/operators.service.ts';
import type { Me } from '../../server/domains/account/account.contract.ts';
import { PersonWithPhone } from '../fixtures/authenticator.ts';
import { newKey, startTestServices } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { callProcedure } from '../fixtures/wire.ts';
import { callAll } from './walk/calls.ts';
import { procedures } from './walk/procedures.ts';
import type { WalkedProcedure } from './walk/procedures.ts';

/**
 * People who have yet to choose a password of their own, or to show the second factor they set up, are refused by every
 * procedure but these: what they need for that, and to sign out. A procedure that is new is refused, or named here.
 */
const wayOut = ['auth.disownSecondFactor', 'auth.logout', 'auth.me', 'auth.openSession'];
const guarded = procedures.filter(({ name }) => !wayOut.includes(name));
const given = 'given by somebody else';

let services: TestServices;
/** The sessions, by whose they are. Each may do everything on its step of the ladder once it is whole. */
const tokens: Record<string, string> = {};

beforeAll(async () => {
  services = await startTestServices({ tenants: ['acme'] });
  const owner = await services.signIn(services.tenants.acme?.ownerEmail ?? '');
  const email = 'newcomer@acme.test';
  let seat = { id: '', version: 0 };
  for (const [procedure, input] of [
    ['employees.create', { name: 'A newcomer', email }],
    ['employees.assignRoles', { roles: ['owner'] }],
    ['employees.linkSignIn', { password: given }],
  ] as const) {
    const at = seat.id === '' ? {} : { id: seat.id, version: seat.version };
    const answer = await services.call<typeof seat>(procedure, { ...at, ...input }, owner, newKey());
    expect(answer.error).toBeUndefined();
    seat = answer.data;
  }
  tokens['an owner with a given password'] = await services.signIn(email, given);

  const operator = 'new-operator@quartermaster.test';
  await new OperatorCommands(services.tenancy).add({ email: operator, name: 'New', password: given }, {});
  tokens['an operator with a given password'] = await services.signIn(operator, given);

  for (const [who, address] of [
    ['an owner who has not shown the factor', await services.addPerson('acme', ['owner'])],
    ['an operator who has not shown the factor', await services.addOperator()],
  ] as const) {
    const phone = new PersonWithPhone(services);
    await phone.signIn(address);
    await phone.enrol();
    tokens[who] = await services.signIn(address);
  }
}, 60_000);
afterAll(() => services.stop());

const cases = [
  ['an owner with a given password', 'password_change_required', ['session', 'tenant']],
  ['an operator with a given password', 'password_change_required', ['session', 'platform']],
  ['an owner who has not shown the factor', 'second_factor_required', ['session', 'tenant']],
  ['an operator who has not shown the factor', 'second_factor_required', ['session', 'platform']],
] as const;

/** An input that no procedure accepts: the missing step is reported before the input is read. */
const nonsense = '"no input of any procedure"';
const callOf = (procedure: WalkedProcedure) => ({ procedure, input: procedure.input && nonsense });

interface Refusal {
  code?: string;
  reason?: string;
}

describe.each(cases)('%s', (who, reason, steps) => {
  const token = () => tokens[who] ?? '';
  const entitled = guarded.filter(({ step }) => (steps as readonly string[]).includes(step));
  const others = guarded.filter(({ step }) => !(steps as readonly string[]).includes(step));
  const isRefused = (error: Refusal | undefined) => error?.code === 'FORBIDDEN' && error.reason === reason;

  test('is told what is missing by every procedure there is for them, called alone', async () => {
    const open: string[] = [];
    for (const { name, kind, input } of entitled) {
      expect(kind).not.toBe('subscription');
      const { error } = await callProcedure({
        apiUrl: services.apiUrl,
        procedure: name,
        kind: kind === 'mutation' ? 'mutation' : 'query',
        token: token(),
        ...(input && { input: nonsense }),
      });
      if (!isRefused(error)) open.push(`${name}: ${JSON.stringify(error)}`);
    }
    expect(open).toEqual([]);
    expect(entitled.length).toBeGreaterThan(steps.length);
  });

  test('and in a batch', async () => {
    const answers = await callAll(services.apiUrl, entitled.map(callOf), token());
    expect(answers.flatMap(({ error }, at) => (isRefused(error) ? [] : [entitled[at]?.name]))).toEqual([]);
  });

  test.each(['trpc-accept', 'accept'])('and in an answer that is streamed (%s)', async (header) => {
    const open: string[] = [];
    for (const kind of ['query', 'mutation'] as const) {
      const all = entitled.filter((procedure) => procedure.kind === kind);
      for (let from = 0; from < all.length; from += 25) {
        const calls = all.slice(from, from + 25);
        const inputs = JSON.stringify(Object.fromEntries(calls.map((_, at) => [String(at), nonsense])));
        const url = new URL(`/api/trpc/${calls.map(({ name }) => name).join(',')}?batch=1`, services.apiUrl);
        if (kind === 'query') url.searchParams.set('input', inputs);
        const response = await fetch(url, {
          method: kind === 'query' ? 'GET' : 'POST',
          headers: {
            authorization: `Bearer ${token()}`,
            [header]: 'application/jsonl',
            ...(kind === 'mutation' && { 'content-type': 'application/json' }),
          },
          ...(kind === 'mutation' && { body: inputs }),
        });
        const text = await response.text();
        const refusals = text.split(`"reason":"${reason}"`).length - 1;
        if (refusals !== calls.length || text.includes('"result"'))
          open.push(`${calls.map(({ name }) => name).join()}: ${text.slice(0, 300)}`);
      }
    }
    expect(open).toEqual([]);
  });

  test('and is refused by every procedure of others', async () => {
    const answers = await callAll(services.apiUrl, others.map(callOf), token());
    const open = answers.flatMap(({ status, error }, at) =>
      error && status !== 200 ? [] : [others[at]?.name],
    );
    expect(open).toEqual([]);
  });

  test('learns from the rest what is missing, and no right', async () => {
    const me = await services.call<Me>('auth.me', undefined, token());
    expect(me.error).toBeUndefined();
    expect(me.data).toMatchObject({ permissions: [], settings: null });
    expect([me.data.passwordChangeRequired, me.data.secondFactorRequired]).toContain(true);
    expect((await services.call('auth.openSession', undefined, token())).error).toBeUndefined();
    const disowned = await services.call('auth.disownSecondFactor', undefined, token());
    expect(disowned.error?.code).toBe('NOT_ALLOWED_IN_STATE');
    expect((await services.call('auth.logout', { scope: 'local' }, token())).error).toBeUndefined();
  });
});

test('the procedures that are open to them are there', () => {
  expect(wayOut.filter((name) => !procedures.some((procedure) => procedure.name === name))).toEqual([]);
  const publicly = guarded.filter(({ step }) => step === 'public');
  expect(publicly.map(({ name }) => name)).toEqual([]);
});
