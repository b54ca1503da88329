import { plural, t } from '@lingui/core/macro';
import { Checkbox, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { SalesOrder } from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { salesOrderRights } from '../../../server/domains/sales-orders/sales-orders.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { useCommand } from '../../lib/command.ts';
import { readProblem } from '../../lib/error-words.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { isZero } from '../../documents/order-lines.ts';
import { isOverCredit, OverCreditAdvice } from '../../documents/over-credit.tsx';
import { useTRPCClient } from '../../lib/services.tsx';
import { formatMoney } from '../../ui/formats.ts';
import { ProblemNote } from '../../ui/States.tsx';
import { salesOrderDialog } from './sales-order-dialog.tsx';

/** Confirming sets stock aside. Over the customer's credit limit it takes someone who may exceed it, knowingly. */
export const ConfirmOrderDialog = salesOrderDialog((order) => t`Confirm ${order.soNumber}`, Body);

function Body({ order, onClose }: { order: SalesOrder; onClose: () => void }) {
  const { can } = useAbility();
  const client = useTRPCClient();
  const [exceed, setExceed] = useState(false);
  const confirm = useCommand(
    (exceedCredit: boolean) =>
      client.salesOrders.confirm.mutate({ id: order.id, version: order.version, exceedCredit }),
    (confirmed, isLeft) => {
      const waiting = confirmed.lines.filter((line) => !isZero(line.backordered)).length;
      notifyDone(
        t`Order confirmed`,
        waiting === 0
          ? t`${confirmed.soNumber}: everything is reserved`
          : `${confirmed.soNumber}: ${plural(waiting, { one: '# line waits for stock', other: '# lines wait for stock' })}`,
      );
      if (!isLeft) onClose();
    },
  );
  const overCredit = confirm.error !== null && isOverCredit(confirm.error);
  const mayExceed = can(salesOrderRights.exceedCredit);

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!confirm.busy) confirm.run(exceed);
      }}
    >
      <Stack gap="sm">
        {overCredit ? (
          <ProblemNote
            title={t`${order.customer.name} would be over the credit limit`}
            detail={readProblem(confirm.error).message || t`Nothing was confirmed.`}
          />
        ) : confirm.problem ? (
          <ProblemNote {...confirm.problem} />
        ) : null}
        <Text size="sm">{t`${formatMoney(order.total)} for ${order.customer.name}. The stock in ${order.warehouse.code} is reserved now; what is missing waits as a backorder and is reserved when it arrives, oldest order first.`}</Text>
        {overCredit && mayExceed ? (
          <Checkbox
            label={t`Confirm it all the same, over the limit, under my name`}
            checked={exceed}
            onChange={(event) => {
              setExceed(event.currentTarget.checked);
            }}
          />
        ) : null}
        {overCredit && !mayExceed ? <OverCreditAdvice /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{t`Back`}</Button>
          <Button
            type="submit"
            loading={confirm.busy}
            disabled={overCredit && !exceed}
            data-autofocus
          >{t`Confirm order`}</Button>
        </Group>
      </Stack>
    </form>
  );
}
