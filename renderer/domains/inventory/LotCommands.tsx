import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { lotKind } from '../../../server/domains/inventory/inventory.kinds.contract.ts';
import type { Lot } from '../../../server/domains/inventory/lots.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { useCommand } from '../../lib/command.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { useTRPCClient } from '../../lib/services.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { lotStateWords } from './lot-words.ts';

type Status = Lot['status'];

/** The button that sets a lot to a state, and what it means for the goods. */
const steps: Readonly<Record<Status, { label: string; text: string }>> = {
  usable: {
    label: t`Make usable`,
    text: t`Its goods can be promised and sent again. Orders that wait for them get them, the oldest first.`,
  },
  quarantined: {
    label: t`Quarantine`,
    text: t`Nothing of it can be promised or sent until it is made usable again. What orders had reserved of it waits again.`,
  },
  recalled: {
    label: t`Recall`,
    text: t`Nobody gets it any more. The page then says who got it and what is left where.`,
  },
};

const offered: readonly Status[] = ['usable', 'quarantined', 'recalled'];

/** Sets a lot aside, makes it usable or recalls it, with the reason. Who takes a recall back may recall. */
export function LotCommands({ lot }: { lot: Lot }) {
  const { can } = useAbility();
  const client = useTRPCClient();
  const [asked, setAsked] = useState<Status | null>(null);
  const command = useCommand(
    ({ status, reason }: { status: Status; reason: string }) => {
      const { id, version } = lot;
      return status === 'recalled'
        ? client.lots.recall.mutate({ id, version, reason })
        : client.lots.setStatus.mutate({ id, version, status, reason });
    },
    ({ status, number }, isLeft) => {
      notifyDone(t`Lot ${number}`, lotStateWords[status]);
      if (!isLeft) setAsked(null);
    },
  );
  const may = (status: Status) =>
    status !== lot.status &&
    (status === 'recalled'
      ? can(lotKind.rights.recall)
      : can(lotKind.rights.change) && (lot.status !== 'recalled' || can(lotKind.rights.recall)));
  const step = steps[asked ?? 'usable'];
  return (
    <>
      {offered.filter(may).map((status) => (
        <Button
          key={status}
          variant="default"
          onClick={() => {
            command.leave();
            setAsked(status);
          }}
        >
          {steps[status].label}
        </Button>
      ))}
      <ConfirmDialog
        opened={asked !== null}
        onClose={() => {
          command.leave();
          setAsked(null);
        }}
        title={`${step.label}: ${lot.product.sku} ${lot.number}`}
        confirmLabel={step.label}
        danger={asked === 'recalled'}
        reason={{ label: t`Reason`, required: true }}
        busy={command.busy}
        problem={command.problem}
        onConfirm={(reason) => {
          if (asked) command.run({ status: asked, reason });
        }}
      >
        {step.text}
      </ConfirmDialog>
    </>
  );
}
