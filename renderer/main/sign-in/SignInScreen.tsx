import { t } from '@lingui/core/macro';
import { useState } from 'react';
import type { MailKind } from '../../../electron/ipc/contract.ts';
import type { EndReason } from '../../lib/session.ts';
import { useLowestClient, useTooOld } from '../../lib/lowest-client.ts';
import { useServices } from '../../lib/services.tsx';
import { TooOldNote } from '../shell/TooOldNote.tsx';
import { usePageTitle } from '../../lib/page-title.ts';
import { Note } from '../../ui/States.tsx';
import { LanguageChoice } from '../../words/LanguageChoice.tsx';
import { MailedCodeStep } from './MailedCodeStep.tsx';
import { Mark } from './Mark.tsx';
import { PasswordStep } from './PasswordStep.tsx';
import { ServerLine } from './ServerLine.tsx';
import { SecondFactorStep } from './SecondFactorStep.tsx';
import classes from './SignIn.module.css';

type Step =
  | { name: 'password' }
  | { name: 'secondFactor'; factorId: string }
  | { name: 'mail'; mail: MailKind; email: string };

const reasons: Readonly<Record<EndReason, string | null>> = {
  signedOut: null,
  revoked: t`This session was ended, here or from another device. Sign in again; drafts on this computer are kept.`,
  ended: t`Your session has ended. Sign in again; drafts on this computer are kept.`,
};

/**
 * The sign-in: the password, then the second factor where there is one; a forgotten password or an invitation goes by
 * mail.
 */
export function SignInScreen({ reason }: { reason: EndReason | null }) {
  const [step, setStep] = useState<Step>({ name: 'password' });
  usePageTitle(t`Sign in`);
  const why = reason ? reasons[reason] : null;
  const { connection } = useServices();
  const lowest = useLowestClient(connection.apiUrl);
  const tooOld = useTooOld(lowest);
  return (
    <main className={classes.page}>
      <div className={classes.panel}>
        <Mark />
        {why ? <Note tone="waiting">{why}</Note> : null}
        {tooOld && lowest !== undefined ? <TooOldNote lowest={lowest} /> : null}
        {step.name === 'password' && !tooOld ? (
          <PasswordStep
            onSecondFactor={(factorId) => {
              setStep({ name: 'secondFactor', factorId });
            }}
            onMail={(mail, email) => {
              setStep({ name: 'mail', mail, email });
            }}
          />
        ) : null}
        {step.name === 'secondFactor' ? (
          <SecondFactorStep
            factorId={step.factorId}
            onBack={() => {
              setStep({ name: 'password' });
            }}
          />
        ) : null}
        {step.name === 'mail' ? (
          <MailedCodeStep
            mail={step.mail}
            email={step.email}
            onBack={() => {
              setStep({ name: 'password' });
            }}
          />
        ) : null}
        <ServerLine />
        <LanguageChoice />
      </div>
    </main>
  );
}
