import { Anchor, Button, PasswordInput, PinInput, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { authWords } from '../../lib/error-words.ts';
import { useServices } from '../../lib/services.tsx';
import type { AuthSession } from '../../lib/auth-bridge.ts';
import { ProblemNote } from '../../ui/States.tsx';

type Stage = { name: 'email' } | { name: 'code' } | { name: 'password'; session: AuthSession };

/** A forgotten password: a six-digit code by e-mail, then a new password. Links are not used: they open elsewhere. */
export function RecoveryStep({ email: known, onBack }: { email: string; onBack: () => void }) {
  const { auth, session } = useServices();
  const [stage, setStage] = useState<Stage>({ name: 'email' });
  const [email, setEmail] = useState(known);
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function go() {
    if (stage.name === 'email') {
      const sent = await auth.sendRecoveryCode(email.trim());
      if (sent.ok) setStage({ name: 'code' });
      else setProblem(authWords(sent.code));
    } else if (stage.name === 'code') {
      session.hold();
      const answer = await auth.verifyRecoveryCode(email.trim(), code);
      if (answer.ok) setStage({ name: 'password', session: answer.session });
      else setProblem(authWords(answer.code));
    } else {
      const changed = await auth.changePassword(password);
      if (changed.ok) await session.open(stage.session);
      else setProblem(authWords(changed.code));
    }
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await go();
    } catch {
      setProblem(authWords('network'));
    } finally {
      setBusy(false);
    }
  }

  const ready =
    stage.name === 'email'
      ? email.includes('@')
      : stage.name === 'code'
        ? code.length === 6
        : password.length >= 10;

  return (
    <form aria-label="Forgotten password" onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        {problem ? <ProblemNote title={problem} /> : null}
        {stage.name === 'email' ? (
          <>
            <Text size="sm">We send a six-digit code to your address.</Text>
            <TextInput
              label="E-mail"
              type="email"
              autoFocus
              autoComplete="username"
              value={email}
              onChange={(event) => {
                setEmail(event.currentTarget.value);
              }}
            />
          </>
        ) : null}
        {stage.name === 'code' ? (
          <>
            <Text size="sm">
              If {email.trim()} has a sign-in, a code is on its way to it. Type it here; it is valid for a
              while only.
            </Text>
            <PinInput
              length={6}
              type="number"
              oneTimeCode
              autoFocus
              aria-label="Code"
              value={code}
              onChange={setCode}
            />
          </>
        ) : null}
        {stage.name === 'password' ? (
          <PasswordInput
            label="New password"
            description="At least ten characters. Other devices are signed out."
            autoComplete="new-password"
            autoFocus
            value={password}
            onChange={(event) => {
              setPassword(event.currentTarget.value);
            }}
          />
        ) : null}
        <Button type="submit" loading={busy} disabled={!ready}>
          {stage.name === 'email' ? 'Send the code' : stage.name === 'code' ? 'Continue' : 'Save and sign in'}
        </Button>
        <Anchor component="button" type="button" size="sm" ta="left" onClick={onBack}>
          Back to sign in
        </Anchor>
      </Stack>
    </form>
  );
}
