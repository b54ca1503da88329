import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Anchor, Loader, Text } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import type { Me } from '../../../server/domains/account/account.contract.ts';
import { authWords } from '../../lib/error-words.ts';
import { usePageTitle } from '../../lib/page-title.ts';
import { useServices } from '../../lib/services.tsx';
import { ProblemNote } from '../../ui/States.tsx';
import { DisownStep } from './DisownStep.tsx';
import { EnrolmentStep } from './EnrolmentStep.tsx';
import { Mark } from './Mark.tsx';
import { SecondFactorStep } from './SecondFactorStep.tsx';
import classes from './SignIn.module.css';
import { useStarted } from '../../lib/started.ts';

type Found = 'looking' | 'unreachable' | { factorId: string | null };

/**
 * The person signed in with the password, and the company asks for more: a code from their authenticator, or setting
 * one up. Then they go on to where they wanted to be.
 */
export function SecondFactorGate({ me }: { me: Me }) {
  useStarted(true);
  const { auth, session } = useServices();
  const [found, setFound] = useState<Found>('looking');
  usePageTitle(t`Second step`);

  const look = useCallback(() => {
    auth
      .listTotp()
      .then(([factor]) => {
        setFound({ factorId: factor?.factorId ?? null });
      })
      .catch(() => {
        setFound('unreachable');
      });
  }, [auth]);
  useEffect(look, [look]);

  const leave = () => void session.signOut();
  return (
    <main className={classes.page}>
      <div className={classes.panel}>
        <Mark />
        <Text size="sm">
          {typeof found === 'object' && found.factorId === null ? (
            <Trans>
              <strong>{me.tenant?.name}</strong> asks for a second step when you sign in: a code from an
              authenticator app on your phone. Set it up once, it takes a minute.
            </Trans>
          ) : (
            t`This sign-in has still to be confirmed by your second step.`
          )}
        </Text>
        {found === 'looking' ? <Loader size="sm" aria-label={t`Looking for your second step`} /> : null}
        {found === 'unreachable' ? (
          <>
            <ProblemNote title={authWords('network')} />
            <Anchor
              component="button"
              type="button"
              size="sm"
              ta="left"
              onClick={look}
            >{t`Try again`}</Anchor>
          </>
        ) : null}
        {typeof found === 'object' && found.factorId !== null ? (
          <SecondFactorStep factorId={found.factorId} backLabel={t`Sign out`} onBack={leave} />
        ) : null}
        {me.secondFactorDisownable ? <DisownStep /> : null}
        {typeof found === 'object' && found.factorId === null ? <EnrolmentStep onBack={leave} /> : null}
        {typeof found === 'string' ? (
          <Anchor component="button" type="button" size="sm" ta="left" onClick={leave}>{t`Sign out`}</Anchor>
        ) : null}
      </div>
    </main>
  );
}
