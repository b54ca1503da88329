import { t } from '@lingui/core/macro';
import { Button, Center, Loader } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { wordsFor } from '../lib/error-words.ts';
import { ServicesProvider, useServices, useSessionState, type Services } from '../lib/services.tsx';
import { ProblemState } from '../ui/States.tsx';
import { useKeptFocus } from '../ui/use-kept-focus.ts';
import { useSaveKey } from '../ui/use-save-key.ts';
import { adminRouter } from './routes.tsx';
import { createAdminServices, shell } from './services.ts';
import { OperatorSignIn, OwnPassword } from './sign-in/OperatorSignIn.tsx';

type Connecting = { services: Services } | { failure: string } | null;

/** From the first paint to the operator's screens: connects, signs in, and checks that the person is an operator. */
export function AdminApp() {
  const [state, setState] = useState<Connecting>(null);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let current = true;
    createAdminServices().then(
      (services) => {
        if (!current) return;
        setState({ services });
        void services.session.start(services.client);
      },
      (error: unknown) => {
        if (current)
          setState({ failure: error instanceof Error ? error.message : t`The services do not answer.` });
      },
    );
    return () => {
      current = false;
    };
  }, [attempt]);

  if (state === null) return <Waiting />;
  if ('failure' in state) {
    return (
      <Whole>
        <ProblemState
          title={t`The platform cannot be reached`}
          detail={state.failure}
          onRetry={() => {
            setState(null);
            setAttempt(attempt + 1);
          }}
        />
      </Whole>
    );
  }
  return (
    <ServicesProvider services={state.services}>
      <Gate />
    </ServicesProvider>
  );
}

function Gate() {
  const { session } = useServices();
  const state = useSessionState();
  useKeptFocus();
  useSaveKey();
  switch (state.stage) {
    case 'starting':
    case 'opening':
      return <Waiting />;
    case 'signedOut':
      return shell ? (
        <Whole>
          <ProblemState
            title={t`Nobody is signed in`}
            detail={t`Sign in as an operator in the main window; this window then goes on by itself.`}
            onRetry={() => {
              window.location.reload();
            }}
          />
        </Whole>
      ) : (
        <OperatorSignIn reason={state.reason} />
      );
    case 'refused':
      return (
        <Whole>
          <ProblemState
            {...wordsFor(state.problem)}
            onRetry={() => void session.retry()}
            action={<LeaveButton />}
          />
        </Whole>
      );
    case 'linkOpened':
    case 'linkFollowed':
      return (
        <Whole>
          <ProblemState
            title={t`Links of mails belong to the main window`}
            detail={t`Open this one there, or type its code there.`}
            onRetry={() => void session.dropLink()}
          />
        </Whole>
      );
    case 'open':
      if (state.me.passwordChangeRequired) return shell ? <PasswordElsewhere /> : <OwnPassword />;
      if (state.me.isOperator) return <RouterProvider router={adminRouter} />;
      return (
        <Whole>
          <ProblemState
            title={t`This window is for the platform’s operators`}
            detail={t`${state.me.user.email} is not one of them. Nothing of any organisation was read.`}
            action={<LeaveButton />}
          />
        </Whole>
      );
  }
}

function PasswordElsewhere() {
  return (
    <Whole>
      <ProblemState
        title={t`Choose your own password first`}
        detail={t`Somebody else set the one you have. Change it in the main window; this window then goes on.`}
        onRetry={() => {
          window.location.reload();
        }}
      />
    </Whole>
  );
}

function LeaveButton() {
  const { session } = useServices();
  if (shell) return null;
  return <Button variant="default" onClick={() => void session.signOut()}>{t`Sign out`}</Button>;
}

function Waiting() {
  return (
    <Whole>
      <Loader size="sm" aria-label={t`Opening platform operations`} />
    </Whole>
  );
}

function Whole({ children }: { children: ReactNode }) {
  return <Center h="100%">{children}</Center>;
}
