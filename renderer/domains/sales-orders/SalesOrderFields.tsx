import { t } from '@lingui/core/macro';
import { Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useEffect, useMemo, useState } from 'react';
import type { CustomerRow } from '../../../server/domains/customers/customers.contract.ts';
import { availabilityOfLines } from '../../../server/domains/inventory/availability.contract.ts';
import { EstimatePanel } from '../../documents/EstimatePanel.tsx';
import { minus, type OrderLineValues } from '../../documents/order-lines.ts';
import { OrderLineGrid } from '../../documents/OrderLineGrid.tsx';
import { useSaleTaxation } from '../../documents/use-order-taxation.ts';
import { useWarehouseOptions } from '../../documents/use-warehouse-options.ts';
import { WarehouseField } from '../../documents/WarehouseField.tsx';
import { useRecordSources } from '../../lib/record-search.ts';
import { useMe } from '../../lib/services.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { FieldCell, FormSection } from '../../ui/FormFrame.tsx';
import { formatMoney } from '../../ui/formats.ts';
import type { LineColumn } from '../../ui/LineGrid.tsx';
import { Section } from '../../ui/Page.tsx';
import { RecordSelect } from '../../ui/RecordSelect.tsx';
import { AvailabilityCell } from './AvailabilityCell.tsx';
import { useAvailability } from './use-availability.ts';
import type { SalesOrderValues } from './sales-order-values.ts';
import classes from './sales-orders.module.css';

/** What the customer may still order on credit, in words; nothing when there is no limit. */
function creditWords(customer: CustomerRow | null): string | null {
  if (customer?.creditLimit == null) return null;
  return t`Credit left: ${formatMoney(minus(customer.creditLimit, customer.outstanding))} of ${formatMoney(customer.creditLimit)}`;
}

/** The fields of a draft: for whom, from where, by when; then the lines, typed like a ledger. */
export function SalesOrderFields({
  form,
  isNew = false,
}: {
  form: UseFormReturnType<SalesOrderValues>;
  isNew?: boolean;
}) {
  const me = useMe();
  const sources = useRecordSources();
  const warehouses = useWarehouseOptions();
  const [customer, setCustomer] = useState<CustomerRow | null>(null);
  const { values } = form;
  const taxation = useSaleTaxation(values.customerId, values.warehouseId);
  const known = useAvailability(
    values.warehouseId,
    values.lines.map((line) => line.productId),
  );
  const available = useMemo((): LineColumn<OrderLineValues> => {
    const ofLines = availabilityOfLines(values.lines, known);
    return {
      id: 'available',
      header: t`Available`,
      // Beside the others on a screen of 1280 pixels, so the day stands below the figure.
      width: '96px',
      align: 'end',
      cell: (_line, index) => <AvailabilityCell stock={ofLines[index]} />,
    };
  }, [values.lines, known]);
  const only = warehouses.length === 1 ? warehouses[0]?.value : undefined;
  useEffect(() => {
    if (only && form.getValues().warehouseId === '') form.setFieldValue('warehouseId', only);
    // Only when the warehouses arrive: what the person chose stays.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [only]);

  return (
    <>
      <FormSection
        title={t`Order`}
        help={t`For whom, and the warehouse its goods are reserved in and leave from.`}
      >
        <FieldCell span={4}>
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
        </FieldCell>
        <FieldCell span={2}>
          <WarehouseField
            label={t`Ship from`}
            value={values.warehouseId}
            error={form.errors.warehouseId}
            onChange={(id) => {
              form.setFieldValue('warehouseId', id);
            }}
          />
        </FieldCell>
        <FieldCell span={2}>
          <DayField label={t`Order date`} direction="near" required {...form.getInputProps('orderDate')} />
        </FieldCell>
        <FieldCell span={2}>
          <DayField label={t`Promised for`} direction="ahead" {...form.getInputProps('promisedDate')} />
        </FieldCell>
        <FieldCell span={2}>
          <TextInput
            label={t`Customer’s reference`}
            placeholder={t`Their order number`}
            {...form.getInputProps('customerReference')}
          />
        </FieldCell>
      </FormSection>
      <Section title={t`Lines`} flush>
        <OrderLineGrid form={form} price="sale" beside={available} />
        {form.errors.lines ? (
          <p className={classes.short} role="alert">
            {form.errors.lines}
          </p>
        ) : null}
      </Section>
      <div className={classes.below}>
        <Textarea label={t`Notes`} autosize minRows={3} {...form.getInputProps('notes')} />
        <div>
          <DecimalField
            label={t`Shipping charged`}
            places={2}
            placeholder="0.00"
            {...form.getInputProps('shipping')}
          />
          <div style={{ marginTop: 8 }}>
            <EstimatePanel values={values} taxation={taxation} currency={me.settings?.currency ?? 'INR'} />
          </div>
        </div>
      </div>
    </>
  );
}
