import { t } from '@lingui/core/macro';
import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { useCommand } from './command.ts';
import { notifyDone } from './notify.tsx';
import type { RecordState } from './party-words.ts';

const commands: Readonly<Record<RecordState, { label: string; done: string; effect: string }>> = {
  active: {
    label: t`Make active`,
    done: t`Active again`,
    effect: t`It can be chosen on new documents again.`,
  },
  inactive: {
    label: t`Make inactive`,
    done: t`Now inactive`,
    effect: t`It is no longer offered on new documents. Open documents go on as they are.`,
  },
  suspended: {
    label: t`Suspend`,
    done: t`Suspended`,
    effect: t`It can’t be chosen on new documents until it is made active again.`,
  },
};

/** Changes the state of a master record, after saying what that means. */
export function StatusActions<S extends RecordState>({
  status,
  states,
  change,
}: {
  status: S;
  states: readonly S[];
  change: (status: S) => Promise<unknown>;
}) {
  const [asked, setAsked] = useState<S | null>(null);
  const command = useCommand(
    async (to: S) => {
      await change(to);
      return to;
    },
    (to, isLeft) => {
      notifyDone(commands[to].done);
      if (!isLeft) setAsked(null);
    },
  );

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={14} />}>{t`Status`}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {states
            .filter((state) => state !== status)
            .map((state, at) => (
              <Menu.Item
                key={state}
                data-autofocus={at === 0 || undefined}
                onClick={() => {
                  command.leave();
                  setAsked(state);
                }}
              >
                {commands[state].label}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      {asked ? (
        <ConfirmDialog
          opened
          onClose={() => {
            command.leave();
            setAsked(null);
          }}
          title={commands[asked].label}
          confirmLabel={commands[asked].label}
          danger={asked === 'suspended'}
          busy={command.busy}
          problem={command.problem}
          onConfirm={() => {
            command.run(asked);
          }}
        >
          {commands[asked].effect}
        </ConfirmDialog>
      ) : null}
    </>
  );
}
