import { t } from '@lingui/core/macro';
import { useMemo, useState } from 'react';
import type { CustomerRow } from '../../../server/domains/customers/customers.contract.ts';
import { availabilityOfLines } from '../../../server/domains/inventory/availability.contract.ts';
import type { OrderCopy } from '../../../server/documents/copying.contract.ts';
import type { DocumentFieldsProps } from '../../documents/document-editor.ts';
import { minus, type OrderLineValues } from '../../documents/order-lines.ts';
import { OrderFields, OrderSummary } from '../../documents/OrderFields.tsx';
import { useSaleTaxation } from './use-sale-taxation.ts';
import { useRecordSources } from '../../lib/record-search.ts';
import { DayField } from '../../ui/DayField.tsx';
import { ReferenceField } from '../../ui/ReferenceField.tsx';
import { formatMoney } from '../../ui/formats.ts';
import type { LineColumn } from '../../ui/LineGrid.tsx';
import { RecordSelect } from '../../ui/RecordSelect.tsx';
import { AvailabilityCell } from './AvailabilityCell.tsx';
import type { SalesOrderValues } from './sales-order-values.ts';
import { useAvailability } from './use-availability.ts';

/** What the customer may still order on credit, in words; nothing when there is no limit. */
function creditWords(customer: CustomerRow | null): string | null {
  if (customer?.creditLimit == null) return null;
  return t`Credit left: ${formatMoney(minus(customer.creditLimit, customer.outstanding))} of ${formatMoney(customer.creditLimit)}`;
}

/** What the warehouse has of each line, with those above it served first. */
function useAvailableColumn({ lines, warehouseId }: SalesOrderValues): LineColumn<OrderLineValues> {
  const known = useAvailability(
    warehouseId,
    lines.map((line) => line.productId),
  );
  return useMemo(() => {
    const ofLines = availabilityOfLines(lines, known);
    return {
      id: 'available',
      header: t`Available`,
      // Beside the others on a screen of 1280 pixels, so the day is below the figure.
      width: '96px',
      align: 'end',
      cell: (_line, index) => <AvailabilityCell stock={ofLines[index]} />,
    };
  }, [lines, known]);
}

/** The fields of a draft: for whom, from where, by when, and what. */
export function SalesOrderFields({ form, isNew, copy }: DocumentFieldsProps<SalesOrderValues, OrderCopy>) {
  const sources = useRecordSources();
  const [customer, setCustomer] = useState<CustomerRow | null>(null);
  const { values } = form;
  return (
    <OrderFields
      form={form}
      copy={copy}
      help={t`For whom, and the warehouse its goods are reserved in and leave from.`}
      party={
        <RecordSelect
          label={t`Customer`}
          required
          autoFocus={isNew}
          placeholder={t`Code, name, GSTIN or city`}
          description={creditWords(customer)}
          source={sources.customers}
          value={values.customerId === '' ? null : values.customerId}
          valueLabel={values.customerName}
          error={form.errors.customerId}
          onChange={(id, option) => {
            form.setFieldValue('customerId', id ?? '');
            form.setFieldValue('customerName', option?.label ?? '');
            setCustomer(option?.data ?? null);
          }}
        />
      }
      warehouseLabel={t`Ship from`}
      ahead={<DayField label={t`Promised for`} direction="ahead" {...form.getInputProps('promisedDate')} />}
      reference={
        <ReferenceField
          label={t`Customer’s reference`}
          placeholder={t`Their order number`}
          {...form.getInputProps('customerReference')}
        />
      }
      price="sale"
      beside={useAvailableColumn(values)}
      notesLabel={t`Notes`}
      shippingLabel={t`Shipping charged`}
      taxation={useSaleTaxation(values.customerId, values.warehouseId)}
    />
  );
}

/** What it comes to. */
export function SalesOrderSummary({ values }: { values: SalesOrderValues }) {
  return <OrderSummary values={values} taxation={useSaleTaxation(values.customerId, values.warehouseId)} />;
}
