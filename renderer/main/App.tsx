import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import {
  createServices,
  viewerKey,
  ServicesProvider,
  useSessionState,
  type Services,
} from '../lib/services.tsx';
import { RefusedScreen } from './RefusedScreen.tsx';
import { useKeptFocus } from '../ui/use-kept-focus.ts';
import { useStarted } from '../lib/started.ts';
import { useSaveKey } from '../ui/use-save-key.ts';
import { desktop } from '../lib/desktop.ts';
import { FirstStart } from './sign-in/FirstStart.tsx';
import { GivenPasswordGate } from './sign-in/GivenPasswordGate.tsx';
import { LinkQuestion, LinkScreen } from './sign-in/LinkScreen.tsx';
import { SecondFactorGate } from './sign-in/SecondFactorGate.tsx';
import { SignInScreen } from './sign-in/SignInScreen.tsx';
import { StartProblem, StartScreen } from './StartScreen.tsx';

/** Tables, forms and the router come after the sign-in; their code is fetched while the person types. */
const loadWorkspace = () => import('./shell/Workspace.tsx');
const Workspace = lazy(() => loadWorkspace().then((module) => ({ default: module.Workspace })));

/** One client owns the session: React may mount twice, the services are made once. */
let connecting: Promise<Services> | null = null;

export function App() {
  const [services, setServices] = useState<Services | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const start = useCallback(() => {
    connecting ??= createServices().then((made) => {
      void made.session.start(made.client);
      return made;
    });
    connecting.then(setServices).catch((error: unknown) => {
      connecting = null;
      setProblem(error instanceof Error ? error.message : String(error));
    });
  }, []);
  useEffect(start, [start]);

  if (problem !== null)
    return (
      <StartProblem
        detail={problem}
        onRetry={() => {
          setProblem(null);
          start();
        }}
      />
    );
  if (!services) return <StartScreen />;
  if (desktop && services.connection.anonKey === '') return <FirstStart />;
  return (
    <ServicesProvider services={services}>
      <Stages />
    </ServicesProvider>
  );
}

function Stages() {
  const state = useSessionState();
  useKeptFocus();
  useSaveKey();
  useEffect(() => {
    if (state.stage !== 'open') loadWorkspace().catch(() => undefined);
  }, [state.stage]);
  // The workspace reports by itself, once it is loaded.
  useStarted(!['starting', 'opening', 'open'].includes(state.stage));

  switch (state.stage) {
    case 'starting':
    case 'opening':
      return <StartScreen />;
    case 'signedOut':
      return <SignInScreen reason={state.reason} />;
    case 'linkOpened':
      return <LinkQuestion email={state.email} />;
    case 'linkFollowed':
      return <LinkScreen answer={state.answer} />;
    case 'refused':
      return <RefusedScreen problem={state.problem} />;
    case 'open':
      if (state.me.passwordChangeRequired) return <GivenPasswordGate key={state.me.user.id} />;
      if (state.me.secondFactorRequired && state.me.user.assurance === 'aal1') {
        return <SecondFactorGate key={state.me.user.id} me={state.me} />;
      }
      return (
        <Suspense fallback={<StartScreen />}>
          <Workspace key={viewerKey(state.me)} />
        </Suspense>
      );
  }
}
