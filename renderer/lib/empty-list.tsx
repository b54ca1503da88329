import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import type { EmptyWords } from '../ui/States.tsx';
import type { ListState } from './list-state.ts';

/** Why a list has no rows: nothing is there yet, or its search and filters leave none, which can be cleared on the spot. */
export function emptyList(
  list: Pick<ListState, 'narrowed' | 'bar'>,
  none: EmptyWords,
  noMatch: Pick<EmptyWords, 'title' | 'text'>,
): EmptyWords {
  if (!list.narrowed) return none;
  return {
    ...noMatch,
    action: <Button variant="default" onClick={list.bar.onClear}>{t`Clear the search and filters`}</Button>,
  };
}
