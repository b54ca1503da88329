import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { formatInstant } from '../ui/moments.ts';
import { useCommand } from '../lib/command.ts';
import { notifyDone } from '../lib/notify.tsx';

interface Reversal {
  at: string;
  by: string | null;
  reason: string;
}

/** Who took a record back and why. */
export function takenBackWords({ at, by, reason }: Reversal): string {
  return t`Taken back ${formatInstant(at)}${by ? t` by ${by}` : ''}: ${reason}`;
}

/** On the row of what was recorded by mistake: asks for the reason, then takes it back. */
export function TakeBack({
  what,
  children,
  send,
}: {
  /** `payment of ₹2,000.00`, `GRN/26-27/00012`. */
  what: string;
  /** The consequence, in a sentence. */
  children: ReactNode;
  send: (reason: string) => Promise<unknown>;
}) {
  const [asking, setAsking] = useState(false);
  const command = useCommand(send, (_answer, isLeft) => {
    notifyDone(t`Taken back`, what);
    if (!isLeft) setAsking(false);
  });
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={t`Take back ${what}`}
        onClick={() => {
          command.leave();
          setAsking(true);
        }}
      >{t`Take back`}</Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => {
          command.leave();
          setAsking(false);
        }}
        title={t`Take back ${what}`}
        confirmLabel={t`Take back`}
        danger
        reason={{ label: t`Reason`, required: true }}
        busy={command.busy}
        problem={command.problem}
        onConfirm={command.run}
      >
        {children}
      </ConfirmDialog>
    </>
  );
}
