import { t } from '@lingui/core/macro';
import { Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { LinesToCome } from '../ui/LinesToCome.tsx';
import { ProblemState } from '../ui/States.tsx';
import { useAppHistory } from '../ui/use-app-history.ts';
import { LinkButton } from './Buttons.tsx';
import { wordsOf } from './error-words.ts';

export interface RecordQuery<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => Promise<unknown>;
}

/**
 * Waits for one record: its outline while it comes, words when it can't be had, `children` with it. A failed refresh
 * keeps showing what was there. What can't be had is left by the way back to its list.
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
  const { pathname } = useAppHistory().location;
  if (query.data !== undefined) return children(query.data);
  if (query.isPending) {
    return (
      <Stack gap="sm" p="lg" role="status" aria-label={t`Loading`}>
        {isPart ? null : (
          <>
            <Skeleton height={22} width={280} />
            <Skeleton height={10} width={180} mb="sm" />
          </>
        )}
        <LinesToCome lines={10} />
      </Stack>
    );
  }
  const words = wordsOf(query.error);
  const list = `/${pathname.split('/')[1] ?? ''}`;
  return (
    <ProblemState
      isPage={!isPart}
      title={words.title}
      detail={words.detail}
      onRetry={
        words.retry
          ? () => {
              void query.refetch();
            }
          : undefined
      }
      action={
        isPart ? null : (
          <LinkButton
            variant={words.retry ? 'subtle' : 'default'}
            to={list}
          >{t`Back to the list`}</LinkButton>
        )
      }
    />
  );
}
