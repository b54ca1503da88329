import { Button, PasswordInput, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { authWords } from '../../lib/error-words.ts';
import { notifyDone } from '../../lib/notify.ts';
import { useServices } from '../../lib/services.tsx';
import { Section } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/States.tsx';

const shortest = 10;

export function ChangePassword() {
  const { auth } = useServices();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const differs = again !== '' && again !== password;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (password.length < shortest) {
      setProblem('Use at least ten characters.');
      return;
    }
    if (again !== password) {
      setProblem('The two passwords differ.');
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      const answer = await auth.changePassword(password);
      if (answer.ok) {
        setPassword('');
        setAgain('');
        notifyDone('Password changed', 'Other devices are signed out.');
      } else setProblem(authWords(answer.code));
    } catch {
      setProblem(authWords('network'));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Section title="Password">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="xs">
          {problem ? <ProblemNote title={problem} /> : null}
          <PasswordInput
            label="New password"
            autoComplete="new-password"
            value={password}
            onChange={(event) => {
              setPassword(event.currentTarget.value);
            }}
          />
          <PasswordInput
            label="Once more"
            autoComplete="new-password"
            error={differs ? 'The two passwords differ' : undefined}
            value={again}
            onChange={(event) => {
              setAgain(event.currentTarget.value);
            }}
          />
          <Button type="submit" variant="default" loading={busy}>
            Change password
          </Button>
        </Stack>
      </form>
    </Section>
  );
}
