import { t } from '@lingui/core/macro';
import { Anchor, Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import type { MailKind } from '../../../electron/ipc/contract.ts';
import { authWords } from '../../lib/error-words.ts';
import { useServices } from '../../lib/services.tsx';
import { ProblemNote } from '../../ui/States.tsx';
import { DemoSignIns } from './DemoSignIns.tsx';

const lastEmail = 'qm-last-email';

export function PasswordStep({
  onSecondFactor,
  onMail,
}: {
  onSecondFactor: (factorId: string) => void;
  onMail: (mail: MailKind, email: string) => void;
}) {
  const { auth, session, connection } = useServices();
  const [email, setEmail] = useState(() => localStorage.getItem(lastEmail) ?? '');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [demo, setDemo] = useState(false);
  useEffect(() => {
    void connection.demo.then(setDemo);
  }, [connection]);

  async function signIn(as: string, secret: string) {
    if (as.trim() === '' || secret === '') {
      setProblem(t`Type your e-mail address and your password.`);
      return;
    }
    setBusy(true);
    setProblem(null);
    session.hold();
    try {
      const answer = await auth.signIn(as.trim(), secret);
      if (!answer.ok) setProblem(authWords(answer.code));
      else {
        localStorage.setItem(lastEmail, as.trim());
        if (answer.mfaRequired) onSecondFactor(answer.mfaRequired.factorId);
        else await session.open(answer.session);
      }
    } catch {
      setProblem(authWords('network'));
    } finally {
      setBusy(false);
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void signIn(email, password);
  }

  return (
    <>
      <form onSubmit={submit} noValidate aria-label={t`Sign in`}>
        <Stack gap="sm">
          {problem ? <ProblemNote title={problem} /> : null}
          <TextInput
            label={t`E-mail`}
            type="email"
            name="email"
            autoComplete="username"
            autoFocus={email === ''}
            value={email}
            onChange={(event) => {
              setEmail(event.currentTarget.value);
            }}
          />
          <PasswordInput
            label={t`Password`}
            name="password"
            autoComplete="current-password"
            autoFocus={email !== ''}
            value={password}
            onChange={(event) => {
              setPassword(event.currentTarget.value);
            }}
          />
          <Button type="submit" loading={busy} fullWidth mt={4}>{t`Sign in`}</Button>
          <Group justify="space-between" gap="xs">
            <Anchor
              component="button"
              type="button"
              size="sm"
              onClick={() => {
                onMail('recovery', email.trim());
              }}
            >{t`Forgotten password`}</Anchor>
            <Anchor
              component="button"
              type="button"
              size="sm"
              onClick={() => {
                onMail('invitation', email.trim());
              }}
            >{t`I was invited`}</Anchor>
          </Group>
        </Stack>
      </form>
      {demo ? (
        <DemoSignIns
          disabled={busy}
          onPick={(demo, secret) => {
            setEmail(demo);
            void signIn(demo, secret);
          }}
        />
      ) : null}
    </>
  );
}
