import { t } from '@lingui/core/macro';
import type { OrderCopy } from '../../../server/documents/copying.contract.ts';
import type { DocumentFieldsProps } from '../../documents/document-editor.ts';
import { isMore } from '../../documents/order-lines.ts';
import { OrderFields, OrderSummary } from '../../documents/OrderFields.tsx';
import { usePurchaseTaxation } from './use-purchase-taxation.ts';
import { useRecordSources } from '../../lib/record-search.ts';
import { useMe } from '../../lib/services.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { formatMoney } from '../../ui/formats.ts';
import { daysAfter } from '../../ui/moments.ts';
import { ReferenceField } from '../../ui/ReferenceField.tsx';
import { RecordSelect } from '../../ui/RecordSelect.tsx';
import { isDay } from '../../ui/typed-day.ts';
import type { PurchaseOrderValues } from './purchase-order-values.ts';

/** The fields of a draft: to whom, where to, when, and what. */
export function PurchaseOrderFields({
  form,
  isNew,
  copy,
}: DocumentFieldsProps<PurchaseOrderValues, OrderCopy>) {
  const sources = useRecordSources();
  const { values } = form;
  return (
    <OrderFields
      form={form}
      copy={copy}
      help={t`What the vendor sees on the order, and where the goods are to go.`}
      party={
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
      }
      warehouseLabel={t`Ship to`}
      ahead={<DayField label={t`Expected on`} direction="ahead" {...form.getInputProps('expectedDate')} />}
      reference={
        <ReferenceField
          label={t`Vendor’s reference`}
          placeholder={t`Their quotation number`}
          {...form.getInputProps('vendorReference')}
        />
      }
      price="purchase"
      notesLabel={t`Notes for the vendor`}
      shippingLabel={t`Shipping`}
      taxation={usePurchaseTaxation(values.vendorId, values.warehouseId)}
    />
  );
}

/** What it comes to, and whether it will need an approval. */
export function PurchaseOrderSummary({ values }: { values: PurchaseOrderValues }) {
  const threshold = useMe().settings?.approvalThreshold;
  return (
    <OrderSummary
      values={values}
      taxation={usePurchaseTaxation(values.vendorId, values.warehouseId)}
      more={(total) =>
        threshold !== undefined && isMore(total, threshold)
          ? t`, over ${formatMoney(threshold, { places: 0 })}: will need an approval`
          : ''
      }
    />
  );
}
