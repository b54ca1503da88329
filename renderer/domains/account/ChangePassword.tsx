import { t } from '@lingui/core/macro';
import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { authWords, wordsOf } from '../../lib/error-words.ts';
import { notifyDone, notifyRefusal } from '../../lib/notify.tsx';
import { passwordProblem } from '../../lib/password-rules.ts';
import { useMe, useServices } from '../../lib/services.tsx';
import { useTypedFields } from '../../lib/typed-fields.ts';
import { Section } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/States.tsx';

const untouched = { current: '', code: '', password: '', again: '' };
type Field = keyof typeof untouched;

/**
 * A new password for the account. Somebody at an unlocked screen must not be able to take the account over, so it asks
 * for the current password, or for a code that is mailed to the address.
 */
export function ChangePassword() {
  const { auth, client } = useServices();
  const me = useMe();
  const { typed, field, setWrong, clear } = useTypedFields(untouched);
  /** A code was mailed: instead of the current password, or besides it where the auth server wants both. */
  const [mailed, setMailed] = useState<'instead' | 'besides' | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const asksCurrent = mailed !== 'instead';
  const asksCode = mailed !== null;

  function check(): Partial<Record<Field, string>> {
    const unfit = passwordProblem(typed.password);
    return {
      ...(asksCurrent && typed.current === '' && { current: t`Type your current password` }),
      ...(asksCode && !/^\d{6,10}$/.test(typed.code.trim()) && { code: t`Type the digits from the mail` }),
      ...(unfit !== null && { password: unfit }),
      ...(typed.again !== typed.password && { again: t`The two passwords differ` }),
    };
  }

  async function attempt(work: () => Promise<void>) {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch {
      setProblem(authWords('network'));
    } finally {
      setBusy(false);
    }
  }

  async function sendCode(why: 'instead' | 'besides') {
    const sent = await auth.sendReauthenticationCode();
    if (sent.ok) setMailed(why);
    else setProblem(authWords(sent.code));
  }

  async function change() {
    const answer = await auth.changePassword(typed.password, {
      ...(asksCurrent && { currentPassword: typed.current }),
      ...(asksCode && { code: typed.code.trim() }),
    });
    if (!answer.ok) {
      if (answer.code.startsWith('current_password')) {
        // Some installations take a mailed code for more proof, not for another.
        if (mailed === 'instead') setMailed('besides');
        setWrong({ current: authWords(answer.code) });
      } else if (answer.code === 'reauthentication_needed' && mailed === null) await sendCode('besides');
      else if (answer.code.startsWith('reauthentication')) setWrong({ code: authWords(answer.code) });
      else setProblem(authWords(answer.code));
      return;
    }
    clear();
    setMailed(null);
    try {
      await client.auth.logout.mutate({ scope: 'others' });
      notifyDone(t`Password changed`, t`Other devices are signed out.`);
    } catch (error) {
      notifyRefusal({
        title: t`Password changed, but other devices may still be signed in`,
        detail: t`${wordsOf(error).title}. End them with “Sign out all others”.`,
      });
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const found = check();
    setWrong(found);
    if (Object.keys(found).length === 0) void attempt(change);
  }

  return (
    <Section title={t`Password`}>
      <form aria-label={t`Change password`} onSubmit={submit} noValidate>
        <Stack gap="xs">
          {problem ? <ProblemNote title={problem} /> : null}
          <input type="hidden" name="username" autoComplete="username" value={me.user.email} readOnly />
          {asksCurrent ? (
            <PasswordInput
              label={t`Current password`}
              autoComplete="current-password"
              {...field('current')}
            />
          ) : null}
          {asksCode ? (
            <>
              <Text size="sm">{t`A code is on its way to ${me.user.email}.`}</Text>
              <TextInput
                label={t`Code from the mail`}
                inputMode="numeric"
                autoComplete="one-time-code"
                autoFocus
                {...field('code')}
              />
            </>
          ) : (
            <Anchor
              component="button"
              type="button"
              size="sm"
              ta="left"
              disabled={busy}
              onClick={() => void attempt(() => sendCode('instead'))}
            >{t`Forgotten? Send a code to my address`}</Anchor>
          )}
          <PasswordInput label={t`New password`} autoComplete="new-password" {...field('password')} />
          <PasswordInput label={t`Once more`} autoComplete="new-password" {...field('again')} />
          <Text size="xs" c="dimmed">{t`Other devices are signed out at once.`}</Text>
          <Button type="submit" variant="default" loading={busy}>{t`Change password`}</Button>
        </Stack>
      </form>
    </Section>
  );
}
