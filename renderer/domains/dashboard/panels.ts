import type { Permission } from '../../../server/permissions/permissions.contract.ts';
import { purchaseOrderKind } from '../../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
import { salesOrderKind } from '../../../server/domains/sales-orders/sales-orders.kinds.contract.ts';
import { stockMovementKind } from '../../../server/domains/inventory/inventory.kinds.contract.ts';

/** The panels of the overview below its figures. */
export type Panel =
  | 'toApprove'
  | 'toReceive'
  | 'toShip'
  | 'purchaseDrafts'
  | 'salesDrafts'
  | 'lowStock'
  | 'months'
  | 'stockByWarehouse';

type Can = (permission: Permission) => boolean;

/** Whose own work a panel shows: those who do something with what is in it. */
const ownWork: readonly { panel: Panel; when: (can: Can) => boolean }[] = [
  { panel: 'toApprove', when: (can) => can(purchaseOrderKind.commands.approve.permission) },
  { panel: 'toReceive', when: (can) => can(purchaseOrderKind.commands.receive.permission) },
  { panel: 'toShip', when: (can) => can(salesOrderKind.commands.ship.permission) },
  // A person who also approves sees what others have submitted, not their drafts.
  {
    panel: 'purchaseDrafts',
    when: (can) =>
      can(purchaseOrderKind.commands.submit.permission) &&
      !can(purchaseOrderKind.commands.approve.permission),
  },
  {
    panel: 'salesDrafts',
    when: (can) =>
      can(salesOrderKind.commands.confirm.permission) && !can(salesOrderKind.commands.ship.permission),
  },
  { panel: 'lowStock', when: (can) => can(purchaseOrderKind.createWith) && can(stockMovementKind.readWith) },
];

/** What a reader without a part in it may look at; the answer holds what they may see. */
const others: readonly Panel[] = ['months', 'toReceive', 'lowStock', 'stockByWarehouse'];

/** The panels in the order in which the reader needs them: their own work first. */
export function panelsFor(can: Can): Panel[] {
  const own = ownWork.filter(({ when }) => when(can)).map(({ panel }) => panel);
  return [...own, ...others.filter((panel) => !own.includes(panel))];
}
