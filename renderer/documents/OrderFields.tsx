import { t } from '@lingui/core/macro';
import { Plural, Trans } from '@lingui/react/macro';
import { Textarea } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useEffect, type ReactNode } from 'react';
import type { OrderTaxation } from '../../server/documents/place-of-supply.contract.ts';
import { useMe } from '../lib/services.tsx';
import { DayField } from '../ui/DayField.tsx';
import { DecimalField } from '../ui/DecimalField.tsx';
import { FieldCell, FormSection } from '../ui/FormFrame.tsx';
import { formatMoney } from '../ui/formats.ts';
import type { LineColumn } from '../ui/LineGrid.tsx';
import { Section } from '../ui/Page.tsx';
import type { OrderCopy } from '../../server/documents/copying.contract.ts';
import { CopiedPrices } from './copying.tsx';
import classes from './documents.module.css';
import { EstimatePanel } from './EstimatePanel.tsx';
import { isBlank, type OrderLineValues } from './order-lines.ts';
import type { OrderValues } from './order-values.ts';
import { OrderLineGrid } from './OrderLineGrid.tsx';
import { useEstimate } from './use-estimate.ts';
import { useWarehouseOptions } from './use-warehouse-options.ts';
import { WarehouseField } from './WarehouseField.tsx';

interface OrderFieldsProps<Values extends OrderValues> {
  form: UseFormReturnType<Values>;
  copy: OrderCopy | undefined;
  /** What its head is for. */
  help: string;
  party: ReactNode;
  warehouseLabel: string;
  /** The day ahead, and the other side's reference. */
  ahead: ReactNode;
  reference: ReactNode;
  /** The price of the product that is proposed. */
  price: 'purchase' | 'sale';
  /** A column of the kind's own; must stay the same object while it shows the same. */
  beside?: LineColumn<OrderLineValues>;
  notesLabel: string;
  shippingLabel: string;
  taxation: OrderTaxation | null;
}

/** The fields of an order's draft: its head, then the lines, typed like a ledger, then its total. */
export function OrderFields<Values extends OrderValues>(props: OrderFieldsProps<Values>) {
  const { form, copy, beside } = props;
  const currency = useMe().settings?.currency ?? 'INR';
  const warehouses = useWarehouseOptions();
  const { values } = form;
  const only = warehouses.length === 1 ? warehouses[0]?.value : undefined;
  const setWarehouse = (id: string) => {
    form.setFieldValue('warehouseId', id as never);
  };
  useEffect(() => {
    if (only && form.getValues().warehouseId === '') setWarehouse(only);
    // Only when the warehouses arrive: what the person chose stays.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [only]);

  return (
    <>
      {copy ? <CopiedPrices copy={copy} currency={currency} /> : null}
      <FormSection title={t`Order`} help={props.help}>
        <FieldCell span={4}>{props.party}</FieldCell>
        <FieldCell span={2}>
          <WarehouseField
            label={props.warehouseLabel}
            value={values.warehouseId}
            error={form.errors.warehouseId}
            onChange={setWarehouse}
          />
        </FieldCell>
        <FieldCell span={2}>
          <DayField label={t`Order date`} direction="near" required {...form.getInputProps('orderDate')} />
        </FieldCell>
        <FieldCell span={2}>{props.ahead}</FieldCell>
        <FieldCell span={2}>{props.reference}</FieldCell>
      </FormSection>
      <Section title={t`Lines`} flush>
        <OrderLineGrid form={form} price={props.price} {...(beside ? { beside } : {})} />
        {form.errors.lines ? (
          <p className={classes.short} role="alert">
            {form.errors.lines}
          </p>
        ) : null}
      </Section>
      <div className={classes.below}>
        <Textarea label={props.notesLabel} autosize minRows={3} {...form.getInputProps('notes')} />
        <div>
          <DecimalField
            label={props.shippingLabel}
            places={2}
            placeholder="0.00"
            {...form.getInputProps('shipping')}
          />
          <div style={{ marginTop: 8 }}>
            <EstimatePanel values={values} taxation={props.taxation} currency={currency} />
          </div>
        </div>
      </div>
    </>
  );
}

/** The total of an order being typed; `more` tells its consequence. */
export function OrderSummary({
  values,
  taxation,
  more,
}: {
  values: OrderValues;
  taxation: OrderTaxation | null;
  more?: (total: string) => ReactNode;
}) {
  const { total } = useEstimate(values, taxation);
  const lines = values.lines.filter((line) => !isBlank(line)).length;
  return (
    <>
      <Trans>
        <Plural value={lines} one="# line" other="# lines" />, about <strong>{formatMoney(total)}</strong>
      </Trans>
      {more?.(total)}
    </>
  );
}
