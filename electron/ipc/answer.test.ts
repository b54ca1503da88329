import { describe, expect, it, vi } from 'vitest';
import { answerCall, isOwnPage, Refused } from './answer.ts';
import type { Sender } from './answer.ts';
import { channels } from './contract.ts';

const main: Sender = {
  window: 'main',
  isMainFrame: true,
  frameUrl: 'app://main/purchase-orders/42?tab=lines',
};
const admin: Sender = { window: 'admin', isMainFrame: true, frameUrl: 'app://admin/' };

describe('a call from a window', () => {
  it('is answered with what the handler gives', async () => {
    expect(await answerCall('zoom:get', main, [], () => 1.25, vi.fn())).toEqual({ value: 1.25 });
  });

  it.each<[string, Sender]>([
    ['a window the shell did not open', { ...main, window: undefined }],
    ['a frame inside a page', { ...main, isMainFrame: false }],
    ['a page of the web', { ...main, frameUrl: 'https://main/' }],
    ['the page of another window', { ...main, frameUrl: 'app://admin/' }],
    ['a look-alike host', { ...main, frameUrl: 'app://main.example/' }],
    ['a frame that is gone', { ...main, frameUrl: '' }],
    ['the administration, which has no such channel', admin],
  ])('is refused to %s', async (_who, sender) => {
    const handler = vi.fn(() => 1);
    const answer = await answerCall('zoom:get', sender, [], handler, vi.fn());
    expect(answer).toEqual({ refused: 'This call is not allowed from here.' });
    expect(handler).not.toHaveBeenCalled();
  });

  it.each<[string, unknown[]]>([
    ['too few', ['owner@acme.test']],
    ['too many', ['owner@acme.test', 'secret', 'more']],
    ['of a wrong type', ['owner@acme.test', 5]],
    ['hostile objects', [{ toString: () => 'owner@acme.test' }, 'secret']],
    ['too long', ['owner@acme.test', 'x'.repeat(2000)]],
  ])('is refused with arguments that are %s, and they are not written down', async (_what, args) => {
    const handler = vi.fn();
    const report = vi.fn();
    const answer = await answerCall('auth:signIn', main, args, handler, report);
    expect(answer).toEqual({ refused: 'The values given are not valid.' });
    expect(handler).not.toHaveBeenCalled();
    expect(JSON.stringify(report.mock.calls)).not.toContain('secret');
  });

  it('gets the words of a refusal, but no details of an inner failure', async () => {
    const refused = await answerCall(
      'windows:openAdmin',
      main,
      [],
      () => Promise.reject(new Refused('The administration is for platform operators only.')),
      vi.fn(),
    );
    expect(refused).toEqual({ refused: 'The administration is for platform operators only.' });

    const report = vi.fn();
    const broken = await answerCall(
      'zoom:get',
      main,
      [],
      () => Promise.reject(new Error('ENOENT /root/x')),
      report,
    );
    expect(broken).toEqual({ refused: 'This could not be done. Please try again.' });
    expect(report).toHaveBeenCalledOnce();
  });

  it('never gets more than the contract says, such as a refresh token', async () => {
    const session = {
      accessToken: 'a.b.c',
      refreshToken: 'secret',
      expiresAt: new Date().toISOString(),
      user: { id: '0199b7a0-0000-7000-8000-000000000001', email: 'owner@acme.test' },
      companyId: null,
    };
    const answer = await answerCall('auth:getSession', main, [], () => session, vi.fn());
    expect(answer).toEqual({ refused: 'This could not be done. Please try again.' });
  });
});

describe('the contract', () => {
  it.each(['/purchase-orders/1?tab=lines#x', '/'])('opens %s in a new window', (path) => {
    expect(channels['windows:openInNewWindow'].args.safeParse([path]).success).toBe(true);
  });

  it.each([
    '//evil.example/',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '',
    'x',
    '/a b',
  ])('does not open %j', (path) => {
    expect(channels['windows:openInNewWindow'].args.safeParse([path]).success).toBe(false);
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'ftp://x.example', 'not an address'])(
    'takes no connection to %s',
    (apiUrl) => {
      const connection = { apiUrl, authUrl: 'https://a.example', anonKey: 'k', webUrl: 'https://a.example' };
      expect(channels['connection:set'].args.safeParse([connection]).success).toBe(false);
    },
  );

  it('takes a connection back as it was told', () => {
    const connection = {
      apiUrl: 'https://a.example',
      authUrl: 'https://a.example',
      anonKey: 'k',
      webUrl: 'https://a.example',
    };
    const args = channels['connection:set'].args;
    expect(args.parse([{ ...connection, fixed: false }])).toEqual([connection]);
    expect(args.safeParse([{ ...connection, other: 1 }]).success).toBe(false);
  });

  it('gives the administration nothing that changes a session', () => {
    const open = Object.entries(channels)
      .filter(([, channel]) => (channel.windows as readonly string[]).includes('admin'))
      .map(([name]) => name);
    expect(open).toEqual([
      'connection:get',
      'auth:getSession',
      'app:getVersion',
      'language:get',
      'language:set',
    ]);
  });
});

describe('a page', () => {
  it('belongs to a window by scheme and host', () => {
    expect(isOwnPage('app://main/x', 'main')).toBe(true);
    expect(isOwnPage('app://admin/x', 'main')).toBe(false);
    expect(isOwnPage('file:///app/main', 'main')).toBe(false);
    expect(isOwnPage('nonsense', 'main')).toBe(false);
  });
});
