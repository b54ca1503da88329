import { OtherLanguages } from '../../words/OtherLanguages.tsx';
import { t } from '@lingui/core/macro';
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { authWords } from '../../lib/error-words.ts';
import { GivenPasswordForm } from '../../lib/GivenPasswordForm.tsx';
import { useServices } from '../../lib/services.tsx';
import type { EndReason } from '../../lib/session.ts';
import { Note, ProblemNote } from '../../ui/States.tsx';
import classes from './OperatorSignIn.module.css';

const reasons: Readonly<Record<EndReason, string | null>> = {
  signedOut: null,
  revoked: t`This session was ended. Sign in again.`,
  ended: t`The session has ended. Sign in again.`,
};

/** For a plain browser only: in the desktop app the staff window owns the sign-in. */
export function OperatorSignIn({ reason }: { reason: EndReason | null }) {
  const { auth, session } = useServices();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [factor, setFactor] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const ended = reason ? reasons[reason] : null;

  async function send(): Promise<void> {
    setBusy(true);
    setFailure(null);
    try {
      const answer = factor
        ? await auth.verifyTotp(factor, code.trim())
        : await auth.signIn(email.trim(), password);
      if (!answer.ok) setFailure(authWords(answer.code));
      else if (answer.mfaRequired) setFactor(answer.mfaRequired.factorId);
      else await session.open(answer.session);
    } catch {
      setFailure(authWords('network'));
    } finally {
      setBusy(false);
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void send();
  }

  return (
    <Door>
      <form className={classes.box} onSubmit={submit}>
        <h1 className={classes.title}>{t`Sign in as an operator`}</h1>
        <p
          className={classes.about}
        >{t`This reaches every organisation. Staff sign in to their own in the main window.`}</p>
        <Stack gap="sm">
          {failure ? <ProblemNote title={failure} /> : ended ? <Note>{ended}</Note> : null}
          {factor ? (
            <TextInput
              label={t`Code of your authenticator app`}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={6}
              autoFocus
              value={code}
              onChange={(event) => {
                setCode(event.currentTarget.value);
              }}
            />
          ) : (
            <>
              <TextInput
                label={t`E-mail`}
                type="email"
                autoComplete="username"
                autoFocus
                value={email}
                onChange={(event) => {
                  setEmail(event.currentTarget.value);
                }}
              />
              <PasswordInput
                label={t`Password`}
                autoComplete="current-password"
                value={password}
                onChange={(event) => {
                  setPassword(event.currentTarget.value);
                }}
              />
            </>
          )}
          <Button type="submit" loading={busy} mt={4}>
            {factor ? t`Verify` : t`Sign in`}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}

/** Between the sign-in and the platform, for an operator who still has the password that somebody else set. */
export function OwnPassword() {
  return (
    <Door>
      <div className={classes.box}>
        <h1 className={classes.title}>{t`Choose your own password`}</h1>
        <GivenPasswordForm />
      </div>
    </Door>
  );
}

function Door({ children }: { children: ReactNode }) {
  return (
    <div className={classes.page}>
      <div className={classes.band}>
        <strong>Quartermaster</strong> {t`Platform operations`}
        <span className={classes.language}>
          <OtherLanguages />
        </span>
      </div>
      {children}
    </div>
  );
}
