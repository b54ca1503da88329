import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Anchor, Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ProblemNote } from '../ui/States.tsx';
import { authWords } from './error-words.ts';
import { passwordProblem } from './password-rules.ts';
import { useMe, useServices } from './services.tsx';
import { useTypedFields } from './typed-fields.ts';

/** The form asks for `given`, unless a mail opened the session: the auth server accepts that instead. */
const untouched = { given: '', own: '', again: '' };
type Field = keyof typeof untouched;

/**
 * Somebody else set the password of this account and may still know it: nothing opens until it is changed. The old one is
 * asked for where the auth server changes none without it.
 */
export function GivenPasswordForm() {
  const { auth, session } = useServices();
  const me = useMe();
  const { typed, field, setWrong } = useTypedFields(untouched);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [asksGiven, setAsksGiven] = useState(!me.mailboxProved);

  function check(): Partial<Record<Field, string>> {
    const unfit = passwordProblem(typed.own);
    return {
      ...(asksGiven && typed.given === '' && { given: t`Type the password you were given` }),
      ...(unfit !== null && { own: unfit }),
      ...(asksGiven &&
        typed.own !== '' &&
        typed.own === typed.given && { own: t`Choose another than the one you were given` }),
      ...(typed.again !== typed.own && { again: t`The two passwords differ` }),
    };
  }

  async function change() {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await auth.changePassword(typed.own, asksGiven ? { currentPassword: typed.given } : {});
      if (answer.ok) await session.retry({ endOthers: true });
      else if (answer.code.startsWith('current_password')) {
        // A mail that was followed a while ago no longer counts.
        if (asksGiven) setWrong({ given: t`This is not the password you were given` });
        setAsksGiven(true);
      } else setProblem(authWords(answer.code));
    } catch {
      setProblem(authWords('network'));
    } finally {
      setBusy(false);
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const found = check();
    setWrong(found);
    if (Object.keys(found).length === 0) void change();
  }

  return (
    <form aria-label={t`Choose your own password`} onSubmit={submit} noValidate>
      <Stack gap="sm">
        {problem ? <ProblemNote title={problem} /> : null}
        <Text size="sm">
          {asksGiven ? (
            <Trans>
              The password of <strong>{me.user.email}</strong> was set for you. Choose one of your own before
              you start; the old one stops working.
            </Trans>
          ) : (
            <Trans>
              Others may have known the password of <strong>{me.user.email}</strong>: it was taken off. Choose
              one of your own before you start.
            </Trans>
          )}
        </Text>
        {/* So that a password manager knows whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" value={me.user.email} readOnly />
        {asksGiven ? (
          <PasswordInput
            label={t`Password you were given`}
            description={t`If you have none, sign out and choose “Forgotten password”.`}
            autoComplete="current-password"
            autoFocus
            {...field('given')}
          />
        ) : null}
        <PasswordInput
          label={t`New password`}
          description={t`At least ten characters.`}
          autoComplete="new-password"
          autoFocus={!asksGiven}
          {...field('own')}
        />
        <PasswordInput label={t`Once more`} autoComplete="new-password" {...field('again')} />
        <Button type="submit" loading={busy}>{t`Save and start`}</Button>
        <Anchor
          component="button"
          type="button"
          size="sm"
          ta="left"
          onClick={() => void session.signOut()}
        >{t`Sign out`}</Anchor>
      </Stack>
    </form>
  );
}
