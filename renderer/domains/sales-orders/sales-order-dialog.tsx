import { Modal } from '@mantine/core';
import type { ComponentType } from 'react';
import type { SalesOrder } from '../../../server/domains/sales-orders/sales-orders.contract.ts';

export interface SalesOrderDialogProps {
  order: SalesOrder;
  onClose: () => void;
}

/** A dialog about one order; whatever is typed in its body is gone once it is closed. */
export function salesOrderDialog(
  titleOf: (order: SalesOrder) => string,
  Body: ComponentType<SalesOrderDialogProps>,
) {
  return function SalesOrderDialog({ opened, ...props }: SalesOrderDialogProps & { opened: boolean }) {
    return (
      <Modal opened={opened} onClose={props.onClose} title={titleOf(props.order)}>
        {opened ? <Body {...props} /> : null}
      </Modal>
    );
  };
}
