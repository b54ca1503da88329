import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Stack, Text } from '@mantine/core';
import type { LinkAnswer } from '../../lib/auth-bridge.ts';
import { linkWords } from '../../lib/error-words.ts';
import { usePageTitle } from '../../lib/page-title.ts';
import { useServices } from '../../lib/services.tsx';
import { ProblemNote } from '../../ui/States.tsx';
import { Mark } from './Mark.tsx';
import { ProvenMailbox } from './ProvenMailbox.tsx';
import { SecondFactorStep } from './SecondFactorStep.tsx';
import classes from './SignIn.module.css';

/** Where a mailed link leads. It names the account before it does anything. */
export function LinkScreen({ answer }: { answer: LinkAnswer }) {
  const { session } = useServices();
  usePageTitle(t`Sign in`);
  const leave = () => {
    session.leave();
  };
  return (
    <main className={classes.page}>
      <div className={classes.panel}>
        <Mark />
        {answer.ok ? (
          <Followed answer={answer} onBack={leave} />
        ) : (
          <>
            <ProblemNote title={linkWords(answer.code)} />
            <Button autoFocus onClick={leave}>{t`Go to the sign-in`}</Button>
          </>
        )}
      </div>
    </main>
  );
}

function Followed({ answer, onBack }: { answer: Extract<LinkAnswer, { ok: true }>; onBack: () => void }) {
  const { session } = useServices();
  if (answer.purpose === 'password') return <ProvenMailbox answer={answer} onBack={onBack} />;
  if (answer.mfaRequired) return <SecondFactorStep factorId={answer.mfaRequired.factorId} onBack={onBack} />;
  return (
    <Stack gap="sm">
      <Text size="sm">
        <Trans>
          The link signs you in as <strong>{answer.session.user.email}</strong>.
        </Trans>
      </Text>
      <Button autoFocus onClick={() => void session.open(answer.session)}>{t`Continue`}</Button>
      <Button variant="default" onClick={onBack}>{t`This is not me`}</Button>
    </Stack>
  );
}

/** A mailed link was opened while somebody is signed in here. */
export function LinkQuestion({ email }: { email: string }) {
  const { session } = useServices();
  usePageTitle(t`A link from a mail`);
  return (
    <main className={classes.page}>
      <div className={classes.panel}>
        <Mark />
        <Stack gap="sm">
          <Text size="sm">
            <Trans>
              You opened a link from a mail, and you are signed in here as <strong>{email}</strong>. Following
              the link signs you out first; drafts on this computer are kept.
            </Trans>
          </Text>
          <Button onClick={() => void session.followLink()}>{t`Sign out and follow the link`}</Button>
          <Button
            autoFocus
            variant="default"
            onClick={() => void session.dropLink()}
          >{t`Stay signed in`}</Button>
        </Stack>
      </div>
    </main>
  );
}
