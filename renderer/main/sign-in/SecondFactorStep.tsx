import { t } from '@lingui/core/macro';
import { Text } from '@mantine/core';
import { useServices } from '../../lib/services.tsx';
import { CodeForm } from './CodeForm.tsx';

/** Asks for a code from the authenticator that was set up before. */
export function SecondFactorStep({
  factorId,
  backLabel = t`Back`,
  onBack,
}: {
  factorId: string;
  backLabel?: string;
  onBack: () => void;
}) {
  const { auth, session } = useServices();
  return (
    <CodeForm
      label={t`Second step`}
      action={t`Continue`}
      verify={(code) => auth.verifyTotp(factorId, code)}
      onVerified={(confirmed) => session.open(confirmed)}
      backLabel={backLabel}
      onBack={onBack}
    >
      <Text size="sm">{t`Type the six digits your authenticator app shows now.`}</Text>
    </CodeForm>
  );
}
