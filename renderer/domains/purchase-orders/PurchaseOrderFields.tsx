import { t } from '@lingui/core/macro';
import { Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useEffect } from 'react';
import { EstimatePanel } from '../../documents/EstimatePanel.tsx';
import { OrderLineGrid } from '../../documents/OrderLineGrid.tsx';
import { usePurchaseTaxation } from '../../documents/use-order-taxation.ts';
import { useWarehouseOptions } from '../../documents/use-warehouse-options.ts';
import { WarehouseField } from '../../documents/WarehouseField.tsx';
import { useRecordSources } from '../../lib/record-search.ts';
import { useMe } from '../../lib/services.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { FieldCell, FormSection } from '../../ui/FormFrame.tsx';
import { daysAfter } from '../../ui/formats.ts';
import { Section } from '../../ui/Page.tsx';
import { RecordSelect } from '../../ui/RecordSelect.tsx';
import { isDay } from '../../ui/typed-day.ts';
import type { PurchaseOrderValues } from './purchase-order-values.ts';
import classes from './purchase-orders.module.css';

/** The fields of a draft: to whom, where to, when; then the lines, typed like a ledger. */
export function PurchaseOrderFields({
  form,
  isNew = false,
}: {
  form: UseFormReturnType<PurchaseOrderValues>;
  isNew?: boolean;
}) {
  const me = useMe();
  const sources = useRecordSources();
  const warehouses = useWarehouseOptions();
  const { values } = form;
  const taxation = usePurchaseTaxation(values.vendorId, values.warehouseId);
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
        help={t`What the vendor sees on the order, and where the goods are to go.`}
      >
        <FieldCell span={4}>
          <RecordSelect
            label={t`Vendor`}
            required
            autoFocus={isNew}
            placeholder={t`Code, name, GSTIN or city`}
            source={sources.vendors}
            value={values.vendorId === '' ? null : values.vendorId}
            valueLabel={values.vendorName}
            error={form.errors.vendorId}
            onChange={(id, option) => {
              form.setFieldValue('vendorId', id ?? '');
              form.setFieldValue('vendorName', option?.label ?? '');
              const { expectedDate, orderDate } = form.getValues();
              if (option && expectedDate === '' && isDay(orderDate)) {
                form.setFieldValue('expectedDate', daysAfter(orderDate, option.data.leadTimeDays));
              }
            }}
          />
        </FieldCell>
        <FieldCell span={2}>
          <WarehouseField
            label={t`Ship to`}
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
          <DayField label={t`Expected on`} direction="ahead" {...form.getInputProps('expectedDate')} />
        </FieldCell>
        <FieldCell span={2}>
          <TextInput
            label={t`Vendor’s reference`}
            placeholder={t`Their quotation number`}
            {...form.getInputProps('vendorReference')}
          />
        </FieldCell>
      </FormSection>
      <Section title={t`Lines`} flush>
        <OrderLineGrid form={form} price="purchase" />
        {form.errors.lines ? (
          <p className={classes.short} role="alert">
            {form.errors.lines}
          </p>
        ) : null}
      </Section>
      <div className={classes.below}>
        <Textarea label={t`Notes for the vendor`} autosize minRows={3} {...form.getInputProps('notes')} />
        <div>
          <DecimalField
            label={t`Shipping`}
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
