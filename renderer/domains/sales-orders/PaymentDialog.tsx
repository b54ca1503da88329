import { t } from '@lingui/core/macro';
import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useRef, useState } from 'react';
import {
  recordPaymentSchema,
  type SalesOrder,
} from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { commandWords } from '../../lib/command.ts';
import { CommandDay } from '../../documents/CommandDay.tsx';
import { focusFirstError } from '../../lib/first-error.ts';
import { errorsOfSchema } from '../../lib/form-errors.ts';
import { useFormCommand } from '../../lib/form-command.ts';
import { newId } from '../../lib/new-id.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { trimmedPrice } from '../../documents/order-lines.ts';
import { useTRPCClient } from '../../lib/services.tsx';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { today } from '../../../server/ground/days.contract.ts';
import { formatMoney } from '../../ui/formats.ts';
import { ReferenceField } from '../../ui/ReferenceField.tsx';
import { ProblemNote } from '../../ui/States.tsx';
import { salesOrderDialog } from './sales-order-dialog.tsx';

/** Money that came in for an order; what is still owed is proposed. */
export const PaymentDialog = salesOrderDialog((order) => t`Payment for ${order.soNumber}`, Body);

function Body({ order, onClose }: { order: SalesOrder; onClose: () => void }) {
  const client = useTRPCClient();
  const [paymentId] = useState(newId);
  const element = useRef<HTMLFormElement>(null);
  const due = order.owed;
  const toInput = (values: { amount: string; paidOn: string; backdate: boolean; reference: string }) => ({
    id: order.id,
    version: order.version,
    paymentId,
    ...values,
  });
  const form = useForm({
    mode: 'controlled',
    initialValues: { amount: trimmedPrice(due), paidOn: today(), backdate: false, reference: '' },
    validate: (values) => errorsOfSchema(recordPaymentSchema, toInput(values)),
    clearInputErrorOnChange: true,
    onValuesChange: () => {
      if (record.error) record.leave();
    },
  });
  const record = useFormCommand(
    form,
    (values: typeof form.values) => client.salesOrders.recordPayment.mutate(toInput(values)),
    (_order, isLeft) => {
      notifyDone(t`Payment recorded`, t`${formatMoney(form.values.amount)} for ${order.soNumber}`);
      if (!isLeft) onClose();
    },
    () => {
      focusFirstError(element.current ?? undefined);
    },
  );
  return (
    <form ref={element} noValidate onSubmit={record.submit}>
      <Stack gap="sm">
        {record.error ? <ProblemNote {...commandWords(record.error)} /> : null}
        <DecimalField
          label={t`Amount`}
          places={2}
          required
          data-autofocus
          description={t`${formatMoney(due)} of ${formatMoney(order.due)} is still owed`}
          {...form.getInputProps('amount')}
        />
        <CommandDay
          label={t`Paid on`}
          orderDay={order.orderDate}
          permission="sales_orders:backdate"
          values={{ day: form.values.paidOn, backdate: form.values.backdate }}
          error={form.errors.paidOn}
          onChange={({ day, backdate }) => {
            form.setValues({ paidOn: day, backdate });
          }}
        />
        <ReferenceField
          label={t`Reference`}
          placeholder={t`UTR, cheque or receipt number`}
          {...form.getInputProps('reference')}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{t`Back`}</Button>
          <Button type="submit" loading={record.busy}>{t`Record payment`}</Button>
        </Group>
      </Stack>
    </form>
  );
}
