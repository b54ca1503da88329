import { t } from '@lingui/core/macro';
import { Anchor, Button, Loader, Stack, Text } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { TotpEnrolment } from '../../../electron/ipc/contract.ts';
import { authWords } from '../../lib/error-words.ts';
import { useServices } from '../../lib/services.tsx';
import { AuthenticatorKey } from '../../ui/AuthenticatorKey.tsx';
import { formatSecond } from '../../ui/moments.ts';
import { ProblemNote } from '../../ui/States.tsx';
import { CodeForm } from './CodeForm.tsx';

type Enrolment = Extract<TotpEnrolment, { ok: true }>;

/** Sets up the first authenticator of somebody who can't enter without one. */
export function EnrolmentStep({ onBack }: { onBack: () => void }) {
  const { auth, session } = useServices();
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  /** One key is asked for, however often React mounts the step. */
  const asked = useRef(false);

  const ask = useCallback(() => {
    if (asked.current) return;
    asked.current = true;
    setProblem(null);
    auth
      .enrolTotp(t`Authenticator app ${formatSecond(new Date().toISOString())}`)
      .then((answer) => {
        if (answer.ok) setEnrolment(answer);
        else throw new Error(answer.code);
      })
      .catch((error: unknown) => {
        asked.current = false;
        setProblem(authWords(error instanceof Error ? error.message : 'network'));
      });
  }, [auth]);
  useEffect(ask, [ask]);

  async function leave() {
    // An unconfirmed factor protects nothing and would stand in the way of the next try.
    if (enrolment) await auth.removeTotp(enrolment.factorId).catch(() => undefined);
    onBack();
  }

  if (!enrolment)
    return (
      <Stack gap="sm" align="flex-start">
        {problem ? (
          <>
            <ProblemNote title={problem} />
            <Button variant="default" onClick={ask}>{t`Try again`}</Button>
          </>
        ) : (
          <Loader size="sm" aria-label={t`Preparing a key`} />
        )}
        <Anchor component="button" type="button" size="sm" onClick={() => void leave()}>{t`Sign out`}</Anchor>
      </Stack>
    );
  return (
    <CodeForm
      label={t`Set up the second step`}
      action={t`Confirm and continue`}
      verify={(code) => auth.verifyTotp(enrolment.factorId, code)}
      onVerified={(confirmed) => session.open(confirmed)}
      backLabel={t`Sign out`}
      onBack={() => void leave()}
    >
      <Text size="sm">{t`Scan this with the app, then type the six digits it shows.`}</Text>
      <AuthenticatorKey qrCode={enrolment.qrCode} secret={enrolment.secret} />
    </CodeForm>
  );
}
