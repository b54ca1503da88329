import { t } from '@lingui/core/macro';
import { GivenPasswordForm } from '../../lib/GivenPasswordForm.tsx';
import { usePageTitle } from '../../lib/page-title.ts';
import { Mark } from './Mark.tsx';
import classes from './SignIn.module.css';
import { useStarted } from '../../lib/started.ts';

/** Between the sign-in and the work, for people who still have the password that somebody else set. */
export function GivenPasswordGate() {
  useStarted(true);
  usePageTitle(t`Choose your own password`);
  return (
    <main className={classes.page}>
      <div className={classes.panel}>
        <Mark />
        <GivenPasswordForm />
      </div>
    </main>
  );
}
