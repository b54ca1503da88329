import { t } from '@lingui/core/macro';
import type { MessageBoxOptions } from 'electron';

interface Parts {
  /** Where the app keeps its data on this computer. */
  readonly folder: string;
  /** The system's own question; returns the index of the pressed button. */
  readonly ask: (question: MessageBoxOptions) => Promise<number>;
  /** Shows the folder to the person. */
  readonly show: (folder: string) => Promise<unknown>;
}

/**
 * Says that the app could not start at all, why, and what can be done: without it a person would press the icon and see
 * nothing happen.
 * @returns whether the person wants to try again
 */
export async function explainStartFailure(error: unknown, { folder, ask, show }: Parts): Promise<boolean> {
  const reason = error instanceof Error ? error.message : String(error);
  const pressed = await ask({
    type: 'error',
    message: t`Quartermaster could not start`,
    detail: [
      reason,
      t`Everything you saved is on the server. Check that the disk of this computer is not full and that you may write into ${folder}. If it happens again, tell your administrator what stands here.`,
    ].join('\n\n'),
    buttons: [t`Close`, t`Show the folder`, t`Try again`],
    defaultId: 2,
    cancelId: 0,
    noLink: true,
  });
  if (pressed === 1) await show(folder);
  return pressed === 2;
}
