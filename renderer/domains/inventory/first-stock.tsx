import { t } from '@lingui/core/macro';
import type { ReactNode } from 'react';
import { stockMovementKind } from '../../../server/domains/inventory/inventory.kinds.contract.ts';
import { warehouseKind } from '../../../server/domains/warehouses/warehouses.kinds.contract.ts';
import { useWarehouseChoices } from '../../documents/use-warehouse-options.ts';
import { useAbility } from '../../lib/ability.ts';
import { LinkButton } from '../../lib/Buttons.tsx';
import { newPath, paths } from '../../lib/paths.ts';
import type { EmptyWords } from '../../ui/States.tsx';

/**
 * What brings the first stock, where there is none: a warehouse, then a receipt or an adjustment. `adjust` is the screen's
 * own button for that; without one the way leads to the inventory.
 */
export function useFirstStock(adjust?: ReactNode): Pick<EmptyWords, 'text' | 'action'> {
  const { can } = useAbility();
  const hasPlace = useWarehouseChoices()?.length !== 0;
  if (!hasPlace) {
    return {
      text: t`Stock lies in a warehouse, and there is none yet.`,
      action: can(warehouseKind.createWith) ? (
        <LinkButton variant="default" to={newPath(paths.warehouses)}>{t`Add a warehouse`}</LinkButton>
      ) : null,
    };
  }
  return {
    text: t`Stock comes in by receiving a purchase order, or by an adjustment with the reason “Opening stock”.`,
    action: can(stockMovementKind.rights.adjust)
      ? (adjust ?? (
          <LinkButton variant="default" to={paths.inventory}>{t`Enter the opening stock`}</LinkButton>
        ))
      : null,
  };
}
