import { t } from '@lingui/core/macro';
import { Button, Group } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Session } from '../../../server/domains/account/account.contract.ts';
import { wordsOf } from '../../lib/error-words.ts';
import { deviceWords } from '../../lib/device-words.ts';
import { notifyDone, notifyProblem } from '../../lib/notify.tsx';
import { useServices, useTRPC } from '../../lib/services.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Ago } from '../../ui/Figures.tsx';
import { formatInstant } from '../../ui/moments.ts';
import { Section } from '../../ui/Page.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';

/** Where one is signed in; any of them can be ended, this one included. */
export function MySessions() {
  const trpc = useTRPC();
  const { session } = useServices();
  const query = useQuery(trpc.auth.listSessions.queryOptions());
  const revoke = useMutation(trpc.auth.revokeSession.mutationOptions());
  const logout = useMutation(trpc.auth.logout.mutationOptions());
  const [asking, setAsking] = useState<'others' | 'global' | null>(null);

  function end(one: Session) {
    if (one.current) {
      void session.signOut();
      return;
    }
    revoke.mutate(
      { jti: one.jti },
      {
        onSuccess: () => {
          notifyDone(t`Session ended`, deviceWords(one.device));
        },
        onError: notifyProblem,
      },
    );
  }

  function endMany(scope: 'others' | 'global') {
    if (scope === 'global') {
      void session.signOut('global');
      return;
    }
    logout.mutate(
      { scope },
      {
        onSuccess: () => {
          setAsking(null);
          notifyDone(t`Signed out everywhere else`);
        },
      },
    );
  }

  const columns: readonly DataColumn<Session>[] = [
    {
      id: 'device',
      header: t`Device`,
      width: 'minmax(150px, 2fr)',
      fixed: true,
      cell: (row) => deviceWords(row.device),
    },
    { id: 'ip', header: t`Address`, width: 'minmax(96px, 1fr)', cell: (row) => row.ip },
    { id: 'since', header: t`Since`, width: '144px', cell: (row) => formatInstant(row.createdAt) },
    {
      id: 'last',
      header: t`Last used`,
      width: '124px',
      cell: (row) =>
        row.current ? <StatusBadge tone="good">{t`This one`}</StatusBadge> : <Ago at={row.lastActivityAt} />,
    },
    {
      id: 'end',
      header: t`End`,
      headHidden: true,
      width: '88px',
      align: 'end',
      cell: (row) => (
        <Button
          variant="subtle"
          size="compact-xs"
          color="red"
          onClick={() => {
            end(row);
          }}
        >
          {row.current ? t`Sign out` : t({ message: 'End', context: 'a session' })}
        </Button>
      ),
    },
  ];

  return (
    <Section
      title={t`Where you are signed in`}
      flush
      actions={
        <Group gap={4}>
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => {
              setAsking('others');
            }}
          >{t`Sign out all others`}</Button>
          <Button
            variant="subtle"
            size="compact-sm"
            color="red"
            onClick={() => {
              setAsking('global');
            }}
          >{t`Sign out everywhere`}</Button>
        </Group>
      }
    >
      <DataTable
        inline
        name="my-sessions"
        label={t`My sessions`}
        columns={columns}
        rows={query.data?.items ?? []}
        rowId={(row) => row.jti}
        empty={{
          title: t`Nobody is signed in`,
          text: t`Every computer and phone you sign in on shows here.`,
        }}
        loading={query.isPending}
        problem={query.error ? wordsOf(query.error) : undefined}
        onRetry={() => void query.refetch()}
      />
      <ConfirmDialog
        opened={asking !== null}
        onClose={() => {
          setAsking(null);
        }}
        title={asking === 'global' ? t`Sign out everywhere` : t`Sign out all others`}
        confirmLabel={asking === 'global' ? t`Sign out everywhere` : t`Sign out others`}
        danger
        busy={logout.isPending}
        problem={logout.error ? wordsOf(logout.error) : null}
        onConfirm={() => {
          if (asking) endMany(asking);
        }}
      >
        {asking === 'global'
          ? t`Every session ends at once, this one too. Unsaved forms stay as drafts on this computer.`
          : t`Every other session ends at once; this one stays.`}
      </ConfirmDialog>
    </Section>
  );
}
