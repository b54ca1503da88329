import { t } from '@lingui/core/macro';
import { Anchor, Button, PinInput, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { MailKind } from '../../../electron/ipc/contract.ts';
import type { AuthAnswer } from '../../lib/auth-bridge.ts';
import { authWords } from '../../lib/error-words.ts';
import { useServices } from '../../lib/services.tsx';
import { ProblemNote } from '../../ui/States.tsx';
import { ProvenMailbox } from './ProvenMailbox.tsx';

type Stage =
  { name: 'email' } | { name: 'code' } | { name: 'proven'; answer: Extract<AuthAnswer, { ok: true }> };

const words: Readonly<
  Record<MailKind, { label: string; first: string; action: string; sent: (email: string) => string }>
> = {
  recovery: {
    label: t`Forgotten password`,
    first: t`We will send you a mail. Use its link or its six-digit code.`,
    action: t`Send the mail`,
    sent: (email) =>
      t`If ${email} has a sign-in, a mail is on its way to it. Open its link on this computer, or type its code here; both work once, and for a while only.`,
  },
  invitation: {
    label: t`Invitation`,
    first: t`Open the link in the mail that invited you, or type its six-digit code here. Either will do.`,
    action: t`Continue`,
    sent: (email) =>
      t`If ${email} has an invitation, its mail holds a six-digit code. Type it here, or open the link; both work once, and for a while only.`,
  },
};

/**
 * Signs in by mail, after a forgotten password or an invitation. The mail's code is typed here; its link opens
 * LinkScreen.
 */
export function MailedCodeStep({
  mail,
  email: known,
  onBack,
}: {
  mail: MailKind;
  email: string;
  onBack: () => void;
}) {
  const { auth, session } = useServices();
  const [stage, setStage] = useState<Stage>({ name: 'email' });
  const [email, setEmail] = useState(known);
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const said = words[mail];

  async function go() {
    if (stage.name === 'email') {
      // The invitation itself was sent when the person was invited.
      const sent = mail === 'recovery' ? await auth.sendRecoveryCode(email.trim()) : ({ ok: true } as const);
      if (sent.ok) setStage({ name: 'code' });
      else setProblem(authWords(sent.code));
    } else if (stage.name === 'code') {
      session.hold();
      const answer = await auth.verifyMailedCode(email.trim(), code, mail);
      if (answer.ok) setStage({ name: 'proven', answer });
      else setProblem(authWords(answer.code));
    }
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await go();
    } catch {
      setProblem(authWords('network'));
    } finally {
      setBusy(false);
    }
  }

  if (stage.name === 'proven')
    return (
      <ProvenMailbox
        answer={stage.answer}
        onBack={() => {
          session.leave();
          onBack();
        }}
      />
    );
  const ready = stage.name === 'email' ? email.includes('@') : code.length === 6;
  return (
    <form aria-label={said.label} onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        {problem ? <ProblemNote title={problem} /> : null}
        {stage.name === 'email' ? (
          <>
            <Text size="sm">{said.first}</Text>
            <TextInput
              label={t`E-mail`}
              type="email"
              autoFocus
              autoComplete="username"
              value={email}
              onChange={(event) => {
                setEmail(event.currentTarget.value);
              }}
            />
          </>
        ) : (
          <>
            <Text size="sm">{said.sent(email.trim())}</Text>
            <PinInput
              length={6}
              type="number"
              oneTimeCode
              autoFocus
              aria-label={t`Code`}
              ariaLabel={t`Digit`}
              value={code}
              onChange={setCode}
            />
          </>
        )}
        <Button type="submit" loading={busy} disabled={!ready}>
          {stage.name === 'email' ? said.action : t`Continue`}
        </Button>
        <Anchor
          component="button"
          type="button"
          size="sm"
          ta="left"
          onClick={onBack}
        >{t`Back to sign in`}</Anchor>
      </Stack>
    </form>
  );
}
