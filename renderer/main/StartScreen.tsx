import { t } from '@lingui/core/macro';
import { Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useStarted } from '../lib/started.ts';
import { ProblemState } from '../ui/States.tsx';
import classes from './StartScreen.module.css';

/** Before anything is known. The mark only; the wheel comes after a moment, so that a quick start doesn't flicker. */
export function StartScreen() {
  // A server that is away is no failure of this version.
  const [waiting, setWaiting] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setWaiting(true);
    }, 10_000);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  useStarted(waiting);
  return (
    <div className={classes.centre} role="status" aria-label={t`Starting`}>
      <div className={classes.late}>
        <Loader size="sm" />
      </div>
      <p className={classes.later}>{t`Waiting for the server…`}</p>
    </div>
  );
}

/** The services couldn't be found: says so, and how to go on. */
export function StartProblem({ detail, onRetry }: { detail: string; onRetry: () => void }) {
  useStarted(true);
  return (
    <div className={classes.centre}>
      <ProblemState
        title={t`Quartermaster can't reach its server`}
        detail={t`Nothing is lost. Check that the server is running and that this computer is on its network. (${detail})`}
        onRetry={onRetry}
      />
    </div>
  );
}
