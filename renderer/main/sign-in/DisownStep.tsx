import { t } from '@lingui/core/macro';
import { Alert, Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { readProblem, wordsFor } from '../../lib/error-words.ts';
import { useServices } from '../../lib/services.tsx';
import { ProblemNote } from '../../ui/States.tsx';

/** For the reader of the mailbox, where somebody else made the account and put a second step of their own on it. */
export function DisownStep() {
  const { client, session } = useServices();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function disown() {
    setBusy(true);
    setProblem(null);
    try {
      await client.auth.disownSecondFactor.mutate();
      await session.retry();
    } catch (error) {
      setProblem(wordsFor(readProblem(error)).title);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Alert color="gray">
      <Stack gap="xs">
        {problem ? <ProblemNote title={problem} /> : null}
        <Text size="sm">{t`Somebody else made this account before you. If this second step is not yours, take it off: every other sign-in of the account ends, you choose a password of your own, and what it was used for so far stays closed until it is given to you again.`}</Text>
        <Button
          variant="default"
          loading={busy}
          onClick={() => void disown()}
        >{t`This second step is not mine`}</Button>
      </Stack>
    </Alert>
  );
}
