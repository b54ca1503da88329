import { t } from '@lingui/core/macro';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TotpEnrolment } from '../../../electron/ipc/contract.ts';
import { authWords } from '../../lib/error-words.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { useMe, useServices } from '../../lib/services.tsx';
import { AuthenticatorKey } from '../../ui/AuthenticatorKey.tsx';
import { CodeField } from '../../ui/CodeField.tsx';
import { formatDay, formatSecond } from '../../ui/moments.ts';
import { Section } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/States.tsx';

type Enrolment = Extract<TotpEnrolment, { ok: true }>;

/** The second step of the sign-in: a code from an authenticator app. */
export function TwoStep() {
  const { auth, session } = useServices();
  const me = useMe();
  const queries = useQueryClient();
  const key = ['second-factors', me.user.id];
  const factors = useQuery({ queryKey: key, queryFn: () => auth.listTotp() });
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const onlyOne = me.secondFactorRequired && factors.data?.length === 1;

  async function attempt(work: () => Promise<{ ok: true } | { ok: false; code: string }>): Promise<boolean> {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await work();
      if (!answer.ok) setProblem(authWords(answer.code));
      return answer.ok;
    } catch {
      setProblem(authWords('network'));
      return false;
    } finally {
      setBusy(false);
      void queries.invalidateQueries({ queryKey: key });
    }
  }

  const add = () =>
    attempt(async () => {
      const answer = await auth.enrolTotp(t`Authenticator app ${formatSecond(new Date().toISOString())}`);
      if (answer.ok) setEnrolment(answer);
      return answer;
    });

  return (
    <Section
      title={t`Second step`}
      actions={
        <Button
          variant="subtle"
          size="compact-sm"
          loading={busy && !enrolment}
          onClick={() => void add()}
        >{t`Add an authenticator`}</Button>
      }
    >
      <Stack gap="xs">
        {problem && !enrolment ? <ProblemNote title={problem} /> : null}
        {factors.data?.length === 0 ? (
          <Text
            size="sm"
            c="dimmed"
          >{t`Not set up. With an authenticator app on your phone, a stolen password alone is useless.`}</Text>
        ) : null}
        {onlyOne ? (
          <Text
            size="sm"
            c="dimmed"
          >{t`${me.tenant?.name ?? ''} asks for a second step: add another authenticator before you remove this one.`}</Text>
        ) : null}
        {factors.data?.map((factor) => (
          <Group key={factor.factorId} justify="space-between" gap="sm">
            <Text size="sm">{t`${factor.name} · since ${formatDay(factor.createdAt)}`}</Text>
            <Button
              variant="subtle"
              size="compact-xs"
              color="red"
              disabled={onlyOne}
              onClick={() => void attempt(() => auth.removeTotp(factor.factorId))}
            >{t`Remove`}</Button>
          </Group>
        ))}
      </Stack>
      {enrolment ? (
        <ConfirmEnrolment
          enrolment={enrolment}
          problem={problem}
          busy={busy}
          onClose={() => {
            // An unconfirmed factor protects nothing and would stand in the way of the next try.
            void attempt(() => auth.removeTotp(enrolment.factorId));
            setEnrolment(null);
          }}
          onCode={(code) =>
            void attempt(() => auth.verifyTotp(enrolment.factorId, code)).then((done) => {
              if (!done) return;
              setEnrolment(null);
              void session.refresh();
              notifyDone(t`Second step set up`, t`From now on signing in asks for a code.`);
            })
          }
        />
      ) : null}
    </Section>
  );
}

function ConfirmEnrolment({
  enrolment,
  problem,
  busy,
  onClose,
  onCode,
}: {
  enrolment: Enrolment;
  problem: string | null;
  busy: boolean;
  onClose: () => void;
  onCode: (code: string) => void;
}) {
  const [code, setCode] = useState('');
  return (
    <Modal opened onClose={onClose} title={t`Add an authenticator`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (code.length === 6) onCode(code);
        }}
      >
        <Stack gap="sm">
          {problem ? <ProblemNote title={problem} /> : null}
          <Text size="sm">{t`Scan this with your authenticator app, then type the six digits it shows.`}</Text>
          <AuthenticatorKey qrCode={enrolment.qrCode} secret={enrolment.secret} />
          <CodeField value={code} onChange={setCode} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t({ message: 'Cancel', context: 'a form' })}
            </Button>
            <Button type="submit" loading={busy} disabled={code.length !== 6}>{t`Confirm`}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
