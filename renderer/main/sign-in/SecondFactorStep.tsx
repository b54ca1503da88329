import { Anchor, Button, PinInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { authWords } from '../../lib/error-words.ts';
import { useServices } from '../../lib/services.tsx';
import { ProblemNote } from '../../ui/States.tsx';

export function SecondFactorStep({ factorId, onBack }: { factorId: string; onBack: () => void }) {
  const { auth, session } = useServices();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function verify(typed: string) {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await auth.verifyTotp(factorId, typed);
      if (answer.ok) await session.open(answer.session);
      else {
        setProblem(authWords(answer.code));
        setCode('');
      }
    } catch {
      setProblem(authWords('network'));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      aria-label="Second step"
      onSubmit={(event) => {
        event.preventDefault();
        if (code.length === 6) void verify(code);
      }}
    >
      <Stack gap="sm">
        <Text size="sm">Type the six digits your authenticator app shows now.</Text>
        {problem ? <ProblemNote title={problem} /> : null}
        <PinInput
          length={6}
          type="number"
          oneTimeCode
          autoFocus
          aria-label="Code"
          value={code}
          onChange={setCode}
          onComplete={(typed) => void verify(typed)}
        />
        <Button type="submit" loading={busy} disabled={code.length !== 6}>
          Continue
        </Button>
        <Anchor component="button" type="button" size="sm" ta="left" onClick={onBack}>
          Back
        </Anchor>
      </Stack>
    </form>
  );
}
