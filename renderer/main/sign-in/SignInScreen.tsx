import { useState } from 'react';
import type { EndReason } from '../../lib/session.ts';
import { usePageTitle } from '../../lib/page-title.ts';
import { Note } from '../../ui/States.tsx';
import { Mark } from './Mark.tsx';
import { PasswordStep } from './PasswordStep.tsx';
import { RecoveryStep } from './RecoveryStep.tsx';
import { SecondFactorStep } from './SecondFactorStep.tsx';
import classes from './SignIn.module.css';

type Step =
  { name: 'password' } | { name: 'secondFactor'; factorId: string } | { name: 'recovery'; email: string };

const reasons: Readonly<Record<EndReason, string | null>> = {
  signedOut: null,
  revoked:
    'This session was ended, here or from another device. Sign in again; drafts on this computer are kept.',
  ended: 'Your session has ended. Sign in again; drafts on this computer are kept.',
};

/** The door. Password, then the second factor where there is one; a forgotten password by a six-digit code. */
export function SignInScreen({ reason }: { reason: EndReason | null }) {
  const [step, setStep] = useState<Step>({ name: 'password' });
  usePageTitle('Sign in');
  const why = reason ? reasons[reason] : null;
  return (
    <main className={classes.page}>
      <div className={classes.panel}>
        <Mark />
        {why ? <Note tone="waiting">{why}</Note> : null}
        {step.name === 'password' ? (
          <PasswordStep
            onSecondFactor={(factorId) => {
              setStep({ name: 'secondFactor', factorId });
            }}
            onForgotten={(email) => {
              setStep({ name: 'recovery', email });
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
        {step.name === 'recovery' ? (
          <RecoveryStep
            email={step.email}
            onBack={() => {
              setStep({ name: 'password' });
            }}
          />
        ) : null}
      </div>
    </main>
  );
}
