import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startInstallation } from '../../tests/fixtures/installation.ts';
import type { Installation } from '../../tests/fixtures/installation.ts';
import type { ProblemData } from '../ground/errors.contract.ts';

interface Refusal {
  message: string;
  data: ProblemData;
}

let installation: Installation;
let token: string;
beforeAll(async () => {
  installation = await startInstallation();
  await installation.provision('acme');
  token = await installation.open(installation.ownerOf('acme'), installation.node);
});
afterAll(() => installation.close());

async function refused(
  procedure: string,
  language: string | undefined,
  given: { query?: object; body?: object | string; token?: string | undefined } = { query: {} },
): Promise<Refusal> {
  const url = new URL(`/api/trpc/${procedure}`, installation.node.url);
  if (given.query) url.searchParams.set('input', JSON.stringify(given.query));
  const bearer = 'token' in given ? given.token : token;
  const { body } = given;
  const response = await fetch(url, {
    ...(body === undefined
      ? {}
      : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }),
    headers: {
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
      ...(language === undefined ? {} : { 'accept-language': language }),
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    },
  });
  const { error } = (await response.json()) as { error?: Refusal };
  if (!error) throw new Error(`${procedure} was expected to be refused.`);
  return error;
}

const nobody = '019a0000-0000-7000-8000-000000000000';

describe('a refusal is worded in the caller’s language', () => {
  test('when it is about the whole', async () => {
    const { message, data } = await refused('vendors.get', 'hi-IN,hi;q=0.9,en;q=0.5', {
      query: { id: nobody },
    });
    expect(message).toBe('यह वेंडर मौजूद नहीं है।');
    expect(data).toMatchObject({
      code: 'NOT_FOUND',
      reason: 'record.not_found',
      parameters: { kind: 'vendor' },
    });
    const english = await refused('vendors.get', 'en-GB', { query: { id: nobody } });
    expect(english.message).toBe('This vendor does not exist.');
    expect(english.data.reason).toBe(data.reason);
  });

  test('when a schema refuses fields', async () => {
    const { message, data } = await refused('vendors.create', 'hi', {
      body: { code: '', name: 'x'.repeat(300), pan: 'none', unheardOf: 1 },
    });
    const byPath = new Map(data.fields?.toReversed().map((field) => [field.path, field]));
    expect(byPath.get('code')).toMatchObject({ reason: 'input.required', message: 'ज़रूरी है' });
    expect(byPath.get('name')).toMatchObject({
      reason: 'input.most_characters',
      message: expect.stringContaining('200 अक्षर') as string,
    });
    expect(byPath.get('pan')?.message).toBe('ABCDE1234F जैसा PAN होना चाहिए');
    expect(message).toMatch(/^code: [\u0900-\u097f]/);
    expect(JSON.stringify(data)).not.toMatch(/must |is required/);
  });

  test('when a service refuses a field', async () => {
    const vendor = { code: 'V-1', name: 'Deccan', gstRegistration: 'regular' };
    const { data } = await refused('vendors.create', 'hi', { body: vendor });
    expect(data.fields).toEqual([
      {
        path: 'gstin',
        message: '“रेगुलर” के रूप में रजिस्टर्ड पार्टी का GSTIN ज़रूरी है।',
        reason: 'party.gstin_needed',
        parameters: { registration: 'regular' },
      },
    ]);
  });

  test('before anything is known of them, and when nothing can be read of what they sent', async () => {
    const strangers = await refused('vendors.list', 'hi', { query: {}, token: undefined });
    expect([strangers.message, strangers.data.reason]).toEqual(['आगे बढ़ने के लिए साइन इन करें।', 'session.none']);
    expect((await refused('vendors.create', 'hi', { body: '{"code":' })).message).toMatch(/JSON/);
    expect((await refused('vendors.paint', 'hi')).message).toBe('ऐसी कोई कॉल नहीं है।');
  });

  test('and in English where they read none of ours, whatever the header holds', async () => {
    const odd = [
      undefined,
      '*',
      'mr-IN, ta;q=0.8',
      'hi;q=0',
      'hi;q=9',
      `${'x,'.repeat(5_000)}hi`,
      ';q=;,,=0.5',
    ];
    for (const language of odd) {
      const { message } = await refused('vendors.get', language, { query: { id: nobody } });
      expect(message, language?.slice(0, 20)).toBe('This vendor does not exist.');
    }
  });
});
