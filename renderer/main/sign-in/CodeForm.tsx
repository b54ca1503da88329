import { Anchor, Button, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { AuthAnswer, AuthSession } from '../../lib/auth-bridge.ts';
import { authWords } from '../../lib/error-words.ts';
import { CodeField } from '../../ui/CodeField.tsx';
import { ProblemNote } from '../../ui/States.tsx';

/** Asks for the six digits and has them checked as soon as they are complete; a wrong code empties the boxes. */
export function CodeForm({
  label,
  action,
  verify,
  onVerified,
  backLabel,
  onBack,
  children,
}: {
  label: string;
  action: string;
  verify: (code: string) => Promise<AuthAnswer>;
  onVerified: (session: AuthSession) => Promise<void>;
  backLabel: string;
  onBack: () => void;
  children: ReactNode;
}) {
  const [code, setCode] = useState('');
  const [attempt, setAttempt] = useState(1);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function check(typed: string) {
    if (busy || typed.length !== 6) return;
    setBusy(true);
    setProblem(null);
    try {
      const answer = await verify(typed);
      if (answer.ok) {
        await onVerified(answer.session);
        return;
      }
      setProblem(authWords(answer.code));
    } catch {
      setProblem(authWords('network'));
    } finally {
      setBusy(false);
    }
    setCode('');
    setAttempt((number) => number + 1);
  }

  return (
    <form
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        void check(code);
      }}
    >
      <Stack gap="sm">
        {children}
        {problem ? <ProblemNote title={problem} /> : null}
        <CodeField key={attempt} value={code} onChange={setCode} onComplete={(typed) => void check(typed)} />
        <Button type="submit" loading={busy} disabled={code.length !== 6}>
          {action}
        </Button>
        <Anchor component="button" type="button" size="sm" ta="left" onClick={onBack}>
          {backLabel}
        </Anchor>
      </Stack>
    </form>
  );
}
