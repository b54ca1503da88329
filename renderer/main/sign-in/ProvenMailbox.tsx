import { t } from '@lingui/core/macro';
import { Text } from '@mantine/core';
import { useState } from 'react';
import type { AuthAnswer, AuthSession } from '../../lib/auth-bridge.ts';
import { useServices } from '../../lib/services.tsx';
import { CodeForm } from './CodeForm.tsx';
import { NewPasswordForm } from './NewPasswordForm.tsx';

/**
 * After a mail's code or link: the second step where there is one, because reading a mailbox is one step only, then the
 * new password.
 */
export function ProvenMailbox({
  answer,
  onBack,
}: {
  answer: Extract<AuthAnswer, { ok: true }>;
  onBack: () => void;
}) {
  const { auth } = useServices();
  const [confirmed, setConfirmed] = useState<AuthSession | null>(answer.mfaRequired ? null : answer.session);
  const { mfaRequired } = answer;
  if (confirmed)
    return <NewPasswordForm session={confirmed} backLabel={t`Back to sign in`} onBack={onBack} />;
  return (
    <CodeForm
      label={t`Second step`}
      action={t`Continue`}
      verify={(code) => auth.verifyTotp(mfaRequired?.factorId ?? '', code)}
      onVerified={(session) => {
        setConfirmed(session);
        return Promise.resolve();
      }}
      backLabel={t`Back to sign in`}
      onBack={onBack}
    >
      <Text size="sm">{t`Before the new password: type the six digits your authenticator app shows for ${answer.session.user.email}. Without the app, ask your administrator to take the second step away.`}</Text>
    </CodeForm>
  );
}
