import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { wordsFor, type ReadProblem } from '../lib/error-words.ts';
import { useServices } from '../lib/services.tsx';
import { ProblemState } from '../ui/States.tsx';
import classes from './StartScreen.module.css';

/** Seconds between two tries while the reason may pass by itself. */
const again = 5;

/** Signed in, but not let in: suspended, upgrading, the server away. Tries again by itself where that can help. */
export function RefusedScreen({ problem }: { problem: ReadProblem }) {
  const { session } = useServices();
  const words = wordsFor(problem);
  useEffect(() => {
    if (!words.retry) return;
    const timer = setTimeout(() => void session.retry(), (problem.retryAfterSeconds ?? again) * 1000);
    return () => {
      clearTimeout(timer);
    };
  }, [words.retry, problem, session]);
  return (
    <div className={classes.centre}>
      <ProblemState
        isPage
        title={words.title}
        detail={problem.code === 'FORBIDDEN' && problem.message ? problem.message : words.detail}
        onRetry={() => void session.retry()}
        action={<Button variant="subtle" onClick={() => void session.signOut()}>{t`Sign out`}</Button>}
      />
    </div>
  );
}
