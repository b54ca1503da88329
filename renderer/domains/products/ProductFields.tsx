import { t } from '@lingui/core/macro';
import { Autocomplete, Checkbox, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { unitCodes } from '../../../server/ground/india.contract.ts';
import { recordStateOptions } from '../../lib/party-words.ts';
import { useTRPC } from '../../lib/services.tsx';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { FieldCell, FormSection } from '../../ui/FormFrame.tsx';
import { formatPercent } from '../../ui/formats.ts';
import { unitWords, type ProductValues } from './product-form-values.ts';

const units = unitCodes.map((value) => ({ value, label: `${value} · ${unitWords[value] ?? value}` }));

export function ProductFields({
  form,
  seesCosts,
  isNew = false,
}: {
  form: UseFormReturnType<ProductValues>;
  seesCosts: boolean;
  isNew?: boolean;
}) {
  const trpc = useTRPC();
  const categories = useQuery(trpc.products.categories.queryOptions());
  const taxClasses = useQuery(trpc.products.taxClasses.queryOptions());
  const taxOptions = (taxClasses.data ?? []).map((one) => ({
    value: one.taxClass,
    label: `${one.taxClass} · ${formatPercent(one.ratePercent)}`,
  }));
  const knownTax = taxOptions.some((one) => one.value === form.values.taxClass);
  const tracked = form.values.kind === 'tracked';
  return (
    <>
      <FormSection title={t`Product`}>
        <FieldCell span={2}>
          <TextInput label="SKU" required autoFocus={isNew} {...form.getInputProps('sku')} />
        </FieldCell>
        <FieldCell span={4}>
          <TextInput label={t`Name`} required {...form.getInputProps('name')} />
        </FieldCell>
        <FieldCell span={2}>
          <Autocomplete
            label={t`Category`}
            required
            data={(categories.data ?? []).map((one) => one.category)}
            {...form.getInputProps('category')}
          />
        </FieldCell>
        <FieldCell span={2}>
          <Select
            label={t`Kind`}
            data={[
              { value: 'tracked', label: t`Goods, with stock` },
              { value: 'service', label: t`Service, no stock` },
            ]}
            {...form.getInputProps('kind')}
          />
        </FieldCell>
        <FieldCell span={2}>
          <Select
            label={t`Status`}
            data={recordStateOptions(['active', 'inactive'])}
            {...form.getInputProps('status')}
          />
        </FieldCell>
        <FieldCell span={6}>
          <Textarea
            label={t`Description`}
            autosize
            minRows={2}
            maxRows={8}
            {...form.getInputProps('description')}
          />
        </FieldCell>
      </FormSection>
      <FormSection title={t`Price and tax`} help={t`Prices are for one unit, before GST.`}>
        {seesCosts ? (
          <FieldCell span={2}>
            <DecimalField
              label={t`Purchase price`}
              places={4}
              prefix="₹"
              {...form.getInputProps('purchasePrice')}
            />
          </FieldCell>
        ) : null}
        <FieldCell span={2}>
          <DecimalField label={t`Sale price`} places={4} prefix="₹" {...form.getInputProps('salePrice')} />
        </FieldCell>
        <FieldCell span={2}>
          <Select label={t`Unit`} data={units} searchable {...form.getInputProps('unit')} />
        </FieldCell>
        <FieldCell span={2}>
          <TextInput
            label={t`HSN code`}
            required
            inputMode="numeric"
            placeholder={t`4, 6 or 8 digits`}
            {...form.getInputProps('hsnCode')}
          />
        </FieldCell>
        <FieldCell span={2}>
          <Select
            label={t`Tax class`}
            data={
              knownTax
                ? taxOptions
                : [...taxOptions, { value: form.values.taxClass, label: form.values.taxClass }]
            }
            {...form.getInputProps('taxClass')}
          />
        </FieldCell>
      </FormSection>
      {tracked ? (
        <FormSection
          title={t`Stock`}
          help={t`At or below the reorder level the product is listed as low. Over-receipt is what may come in above the order.`}
        >
          <FieldCell span={2}>
            <DecimalField
              label={t`Reorder level`}
              places={3}
              suffix={form.values.unit}
              {...form.getInputProps('reorderLevel')}
            />
          </FieldCell>
          <FieldCell span={2}>
            <DecimalField
              label={t`Reorder quantity`}
              places={3}
              suffix={form.values.unit}
              {...form.getInputProps('reorderQuantity')}
            />
          </FieldCell>
          <FieldCell span={2}>
            <DecimalField
              label={t`Over-receipt allowed`}
              places={2}
              suffix="%"
              placeholder={t`As in settings`}
              {...form.getInputProps('receiptTolerancePercent')}
            />
          </FieldCell>
          <FieldCell span={4}>
            <TagsInput
              label={t`Barcodes`}
              placeholder={t`Scan or type, then Enter`}
              splitChars={[',', ' ', ';']}
              {...form.getInputProps('barcodes')}
            />
          </FieldCell>
          <FieldCell span={2}>
            <Checkbox
              mt={26}
              label={t`Kept by lots`}
              {...form.getInputProps('tracksLots', { type: 'checkbox' })}
            />
          </FieldCell>
        </FormSection>
      ) : null}
    </>
  );
}
