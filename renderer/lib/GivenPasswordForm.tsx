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
      ...(typed.given === '' && { given: 'Type the password you were given' }),
      ...(unfit !== null && { own: unfit }),
      ...(typed.own !== '' &&
        typed.own === typed.given && { own: 'Choose another than the one you were given' }),
      ...(typed.again !== typed.own && { again: 'The two passwords differ' }),
    };
  }

  async function change() {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await auth.changePassword(typed.own, { currentPassword: typed.given });
      if (answer.ok) await session.retry({ endOthers: true });
      else if (answer.code.startsWith('current_password')) {
        setWrong({ given: 'This is not the password you were given' });
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
    <form aria-label="Choose your own password" onSubmit={submit} noValidate>
      <Stack gap="sm">
        {problem ? <ProblemNote title={problem} /> : null}
        <Text size="sm">
          The password of <strong>{me.user.email}</strong> was set for you. Choose one of your own before you
          start; the old one stops working.
        </Text>
        {/* So that a password manager knows whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" value={me.user.email} readOnly />
        <PasswordInput
          label="Password you were given"
          autoComplete="current-password"
          autoFocus
          {...field('given')}
        />
        <PasswordInput
          label="New password"
          description="At least ten characters."
          autoComplete="new-password"
          {...field('own')}
        />
        <PasswordInput label="Once more" autoComplete="new-password" {...field('again')} />
        <Button type="submit" loading={busy}>
          Save and start
        </Button>
        <Anchor component="button" type="button" size="sm" ta="left" onClick={() => void session.signOut()}>
          Sign out
        </Anchor>
      </Stack>
    </form>
  );
}
