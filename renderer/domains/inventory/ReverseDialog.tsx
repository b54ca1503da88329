import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import type { MovementRow } from '../../../server/domains/inventory/inventory.contract.ts';
import { useCommand } from '../../lib/command.ts';
import { newId } from '../../lib/new-id.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { useTRPCClient } from '../../lib/services.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Quantity } from '../../ui/Figures.tsx';
import { formatInstant } from '../../ui/moments.ts';

/** Undoes one movement by its opposite. Both stay in the ledger. */
export function ReverseDialog({ movement, onClose }: { movement: MovementRow | null; onClose: () => void }) {
  const client = useTRPCClient();
  const [ids] = useState(() => new Map<string, string>());
  const reverse = useCommand(
    ({ movementId, note }: { movementId: string; note: string }) => {
      // The same reversal however often it is pressed.
      const id = ids.get(movementId) ?? newId();
      ids.set(movementId, id);
      return client.inventory.reverse.mutate({ id, movementId, note });
    },
    (_movement, isLeft) => {
      notifyDone(t`Movement reversed`, movement?.product.name);
      if (!isLeft) onClose();
    },
  );
  return (
    <ConfirmDialog
      opened={movement !== null}
      onClose={() => {
        onClose();
        reverse.leave();
      }}
      title={t`Reverse the movement of ${movement?.product.sku ?? ''}`}
      confirmLabel={t`Reverse`}
      reason={{ label: t`Why`, required: true }}
      busy={reverse.busy}
      problem={reverse.problem}
      onConfirm={(note) => {
        if (movement) reverse.run({ movementId: movement.id, note });
      }}
    >
      {movement ? (
        <Trans>
          <Quantity value={movement.quantity} unit={movement.product.unit} signed /> of{' '}
          {movement.product.name} in {movement.warehouseCode} {movement.binCode},{' '}
          {formatInstant(movement.occurredAt)}. Its opposite is written into the ledger; both stay.
        </Trans>
      ) : null}
    </ConfirmDialog>
  );
}
