import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Anchor, Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ProblemNote } from '../ui/States.tsx';
import { authWords } from './error-words.ts';
import { passwordProblem } from './password-rules.ts';
import { useMe, useServices } from './services.tsx';
import { useTypedFields } from './typed-fields.ts';

const untouched = { given: '', own: '', again: '' };
type Field = keyof typeof untouched;

/**
 * Somebody else set the password of this account and still knows it: nothing opens until it is changed. The old one is
 * asked for, because the auth server changes none without it.
 */
export function GivenPasswordForm() {
  const { auth, session } = useServices();
  const me = useMe();
  const { typed, field, setWrong } = useTypedFields(untouched);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  function check(): Partial<Record<Field, string>> {
    const unfit = passwordProblem(typed.own);
    return {
      ...(typed.given === '' && { given: t`Type the password you were given` }),
      ...(unfit !== null && { own: unfit }),
      ...(typed.own !== '' &&
        typed.own === typed.given && { own: t`Choose another than the one you were given` }),
      ...(typed.again !== typed.own && { again: t`The two passwords differ` }),
    };
  }

  async function change() {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await auth.changePassword(typed.own, { currentPassword: typed.given });
      if (answer.ok) await session.retry({ endOthers: true });
      else if (answer.code.startsWith('current_password')) {
        setWrong({ given: t`This is not the password you were given` });
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
          <Trans>
            The password of <strong>{me.user.email}</strong> was set for you. Choose one of your own before
            you start; the old one stops working.
          </Trans>
        </Text>
        {/* So that a password manager knows whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" value={me.user.email} readOnly />
        <PasswordInput
          label={t`Password you were given`}
          autoComplete="current-password"
          autoFocus
          {...field('given')}
        />
        <PasswordInput
          label={t`New password`}
          description={t`At least ten characters.`}
          autoComplete="new-password"
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
