import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { purchaseOrderKind } from '../../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { paths } from '../../lib/paths.ts';
import { useTRPC } from '../../lib/services.tsx';
import { AppLink } from '../../ui/AppLink.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';

/** For approvers: one key opens the order that has waited longest, and then the next. */
export function NextToApprove({ after }: { after?: string }) {
  const trpc = useTRPC();
  const enabled = useAbility().can(purchaseOrderKind.commands.approve.permission);
  const { data } = useQuery(
    trpc.purchaseOrders.list.queryOptions(
      {
        filter: { status: ['pending_approval'] },
        sort: { by: 'updatedAt', direction: 'asc' },
        limit: 2,
      },
      { enabled },
    ),
  );
  const next = data?.items.find(({ id }) => id !== after);
  if (!enabled || !next) return null;
  return (
    <AppLink to={paths.purchaseOrder(next.id)} data-next-decision>
      <Trans>
        Next to approve: {next.poNumber} <KeyHint keys="j" />
      </Trans>
    </AppLink>
  );
}
