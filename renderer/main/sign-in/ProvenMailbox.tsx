import { t } from '@lingui/core/macro';
import { Anchor, Text } from '@mantine/core';
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
  const { auth, session } = useServices();
  const [confirmed, setConfirmed] = useState<AuthSession | null>(answer.mfaRequired ? null : answer.session);
  const { mfaRequired } = answer;
  if (confirmed)
    return <NewPasswordForm session={confirmed} backLabel={t`Back to sign in`} onBack={onBack} />;
  return (
    <CodeForm
      label={t`Second step`}
      action={t`Continue`}
      verify={(code) => auth.verifyTotp(mfaRequired?.factorId ?? '', code)}
      onVerified={(shown) => {
        setConfirmed(shown);
        return Promise.resolve();
      }}
      backLabel={t`Back to sign in`}
      onBack={onBack}
    >
      <Text size="sm">{t`Before the new password: type the six digits your authenticator app shows for ${answer.session.user.email}. Without the app, ask your administrator to take the second step away.`}</Text>
      <Anchor
        component="button"
        type="button"
        size="sm"
        ta="left"
        onClick={() => void session.open(answer.session)}
      >{t`I never set up a second step`}</Anchor>
    </CodeForm>
  );
}
