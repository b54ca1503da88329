import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuthBridge } from '../../lib/auth-bridge.ts';
import { authWords } from '../../lib/error-words.ts';
import { answeringWith, personWith, routerAt, SignedInWindow } from '../../lib/testing/signed-in.tsx';
import { ChangePassword } from './ChangePassword.tsx';

type Answer = Awaited<ReturnType<AuthBridge['changePassword']>>;
type Sent = Parameters<AuthBridge['changePassword']>;

/** What the sign-in service was asked, and what it answers next. */
const changes: Sent[] = [];
let mails = 0;
let answers: Answer[] = [];
beforeEach(() => {
  changes.length = 0;
  mails = 0;
  answers = [];
});
afterEach(cleanup);

const ok: Answer = { ok: true };
const refused = (code: string): Answer => ({ ok: false, code, message: code });
const auth: Partial<AuthBridge> = {
  changePassword: (...sent) => {
    changes.push(sent);
    return Promise.resolve(answers.shift() ?? ok);
  },
  sendReauthenticationCode: () => {
    mails += 1;
    return Promise.resolve(ok);
  },
};

function open() {
  const server = answeringWith({ 'auth.logout': () => ({}) });
  render(
    <SignedInWindow me={personWith([])} router={routerAt('/sessions')} client={server.client} auth={auth}>
      <ChangePassword />
    </SignedInWindow>,
  );
  return server;
}
const type = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
function typeNew(password = 'a long enough one', again = password) {
  type('New password', password);
  type('Once more', again);
}

describe('a new password for the account', () => {
  it('is not sent without the current one, when too short, or when typed in two ways', () => {
    open();
    typeNew('short', 'shorter');
    press('Change password');
    for (const words of [
      'Type your current password',
      'Use at least ten characters',
      'The two passwords differ',
    ])
      expect(screen.getByText(words)).toBeDefined();
    expect(changes).toEqual([]);
  });

  it('goes with the current one, and then signs every other device out', async () => {
    const { calls } = open();
    type('Current password', 'the old one');
    typeNew();
    press('Change password');
    await waitFor(() => {
      expect(calls).toEqual([{ path: 'auth.logout', input: { scope: 'others' } }]);
    });
    expect(changes).toEqual([['a long enough one', { currentPassword: 'the old one' }]]);
    expect(screen.getByLabelText<HTMLInputElement>('New password').value).toBe('');
  });

  it('goes with a mailed code in place of a forgotten one', async () => {
    open();
    press('Forgotten? Send a code to my address');
    await screen.findByLabelText('Code from the mail');
    expect(mails).toBe(1);
    expect(screen.queryByLabelText('Current password')).toBeNull();
    type('Code from the mail', ' 123456 ');
    typeNew();
    press('Change password');
    await waitFor(() => {
      expect(changes).toEqual([['a long enough one', { code: '123456' }]]);
    });
  });

  it('asks for a code besides the current one where the sign-in service wants both', async () => {
    answers = [refused('reauthentication_needed')];
    const { calls } = open();
    type('Current password', 'the old one');
    typeNew();
    press('Change password');
    await screen.findByLabelText('Code from the mail');
    type('Code from the mail', '123456');
    expect(mails).toBe(1);
    press('Change password');
    await waitFor(() => {
      expect(changes).toHaveLength(2);
    });
    expect(changes[1]?.[1]).toEqual({ currentPassword: 'the old one', code: '123456' });
    await waitFor(() => {
      expect(calls).toHaveLength(1);
    });
  });

  it('says a wrong current one at its field, and signs nobody out', async () => {
    answers = [refused('current_password_invalid')];
    const { calls } = open();
    type('Current password', 'a wrong one');
    typeNew();
    press('Change password');
    const said = await screen.findByText(authWords('current_password_invalid'));
    expect(screen.getByLabelText('Current password').getAttribute('aria-describedby')).toBe(said.id);
    expect(calls).toEqual([]);
  });
});
