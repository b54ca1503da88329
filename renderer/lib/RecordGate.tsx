import { t } from '@lingui/core/macro';
import { Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemState } from '../ui/States.tsx';
import { wordsOf } from './error-words.ts';

export interface RecordQuery<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => Promise<unknown>;
}

/**
 * Waits for one record: its outline while it comes, words when it can't be had, `children` with it. A failed refresh
 * keeps showing what was there.
 */
export function RecordGate<T>({
  query,
  isPart = false,
  children,
}: {
  query: RecordQuery<T>;
  /** The screen has its title without it. */
  isPart?: boolean;
  children: (record: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.isPending) {
    return (
      <Stack gap="sm" p="lg" role="status" aria-label={t`Loading`}>
        <Skeleton height={24} width={280} />
        <Skeleton height={12} width={180} />
        <Skeleton height={180} mt="md" />
      </Stack>
    );
  }
  const words = wordsOf(query.error);
  return (
    <ProblemState
      isPage={!isPart}
      title={words.title}
      detail={words.detail}
      onRetry={() => {
        void query.refetch();
      }}
    />
  );
}
