import type { Permission } from '../../../server/permissions/permissions.contract.ts';

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
  { panel: 'toApprove', when: (can) => can('purchase_orders:approve') },
  { panel: 'toReceive', when: (can) => can('purchase_orders:receive') },
  { panel: 'toShip', when: (can) => can('sales_orders:ship') },
  // Whoever approves as well looks at what others have finished, not at what they have begun.
  {
    panel: 'purchaseDrafts',
    when: (can) => can('purchase_orders:submit') && !can('purchase_orders:approve'),
  },
  { panel: 'salesDrafts', when: (can) => can('sales_orders:confirm') && !can('sales_orders:ship') },
  { panel: 'lowStock', when: (can) => can('purchase_orders:create') && can('inventory:read') },
];

/** What a reader without a part in it may look at; the answer holds what they may see. */
const others: readonly Panel[] = ['months', 'stockByWarehouse', 'toReceive', 'lowStock'];

/** The panels in the order in which the reader needs them: their own work first. */
export function panelsFor(can: Can): Panel[] {
  const own = ownWork.filter(({ when }) => when(can)).map(({ panel }) => panel);
  return [...own, ...others.filter((panel) => !own.includes(panel))];
}
