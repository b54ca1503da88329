import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Anchor, Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { AuthSession } from '../../lib/auth-bridge.ts';
import { authWords } from '../../lib/error-words.ts';
import { passwordProblem } from '../../lib/password-rules.ts';
import { useServices } from '../../lib/services.tsx';
import { ProblemNote } from '../../ui/States.tsx';

/** The new password after a mail's code or link. It names the account: the link may come from somebody else's mail. */
export function NewPasswordForm({
  session: signedIn,
  backLabel,
  onBack,
}: {
  session: AuthSession;
  backLabel: string;
  onBack: () => void;
}) {
  const { auth, session } = useServices();
  const [password, setPassword] = useState('');
  const [fieldProblem, setFieldProblem] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const wrong = passwordProblem(password);
    setFieldProblem(wrong);
    if (wrong !== null) return;
    setBusy(true);
    setProblem(null);
    try {
      const changed = await auth.changePassword(password, {});
      if (changed.ok) await session.open(signedIn, { endOthers: true });
      else setProblem(authWords(changed.code));
    } catch {
      setProblem(authWords('network'));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form aria-label={t`Choose a password`} onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        {problem ? <ProblemNote title={problem} /> : null}
        <Text size="sm">
          <Trans>
            Choose a password for <strong>{signedIn.user.email}</strong>.
          </Trans>
        </Text>
        {/* So that a password manager knows whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" value={signedIn.user.email} readOnly />
        <PasswordInput
          label={t`New password`}
          description={t`At least ten characters. Other devices are signed out.`}
          autoComplete="new-password"
          autoFocus
          error={fieldProblem}
          value={password}
          onChange={(event) => {
            setPassword(event.currentTarget.value);
            setFieldProblem(null);
          }}
        />
        <Button type="submit" loading={busy} disabled={password === ''}>{t`Save and sign in`}</Button>
        <Anchor component="button" type="button" size="sm" ta="left" onClick={onBack}>
          {backLabel}
        </Anchor>
      </Stack>
    </form>
  );
}
