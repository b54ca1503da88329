import { t } from '@lingui/core/macro';
import type { MutationCache } from '@tanstack/react-query';
import { wordsOf } from './error-words.ts';
import { notifyNote, notifyRefusal } from './notify.tsx';

/** The part of a mutation that is read here, whatever its input and answer. */
interface Left {
  state: { status: string };
  meta?: Record<string, unknown> | undefined;
}

/**
 * A person who leaves a dialog or a screen while a change is on its way is told that it isn't answered yet, and later
 * how it ended. Changes that say so themselves (`meta.tells`) are only told of when they are left.
 */
export function reportAbandonedMutations(cache: MutationCache): void {
  const left = new WeakSet<Left>();
  cache.subscribe((event) => {
    if (event.type === 'observerRemoved') {
      const mutation = event.mutation as Left;
      if (mutation.state.status !== 'pending' || left.has(mutation)) return;
      left.add(mutation);
      notifyNote(t`Not answered yet`, t`It was sent and is under way. You will be told how it ends.`);
    } else if (event.type === 'updated' && left.has(event.mutation as Left)) {
      const mutation = event.mutation as Left;
      const { action } = event;
      if (action.type !== 'success' && action.type !== 'error') return;
      left.delete(mutation);
      if (mutation.meta?.tells === true) return;
      if (action.type === 'success')
        notifyNote(t`Saved after all`, t`The answer came after you had left the form.`);
      else notifyRefusal(wordsOf(action.error));
    }
  });
}
