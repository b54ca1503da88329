import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Modal, SegmentedControl, Stack, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fractionOf } from '../../../server/ground/india.contract.ts';
import {
  adjustmentReasons,
  type AdjustmentReason,
} from '../../../server/domains/inventory/adjustment-reasons.contract.ts';
import {
  movementRowSchema,
  adjustStockSchema,
  type StockRow,
} from '../../../server/domains/inventory/inventory.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { newId } from '../../lib/new-id.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { isMore, minus, plus } from '../../documents/order-lines.ts';
import { WarehouseField } from '../../documents/WarehouseField.tsx';
import { useRecordForm } from '../../lib/record-form.ts';
import { useRecordSources } from '../../lib/record-search.ts';
import { useServices, useTRPC, useTRPCClient } from '../../lib/services.tsx';
import { saidWords } from '../../lib/reason-words.ts';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { ReferenceField } from '../../ui/ReferenceField.tsx';
import { formatQuantity } from '../../ui/formats.ts';
import { RecordSelect } from '../../ui/RecordSelect.tsx';
import { Note, ProblemNote } from '../../ui/States.tsx';
import { BinField } from './BinField.tsx';
import { adjustInput, reasonWords, type AdjustValues } from './adjust-values.ts';
import { ShortList } from '../../ui/ShortList.tsx';

/** The place an adjustment begins at; null lets the person choose. */
export type AdjustTarget = Pick<StockRow, 'product' | 'warehouse' | 'bin' | 'onHand' | 'reserved'>;

const reasonOptions = adjustmentReasons.map((value) => ({ value, label: reasonWords[value].label }));

/** Takes stock in or out with a reason, in one bin. The ledger keeps it; a mistake is undone by a reversal. */
export function AdjustDialog({ target, onClose }: { target: AdjustTarget | null; onClose: () => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { queries } = useServices();
  const seesCosts = useAbility().sees(movementRowSchema, 'unitCost');
  const sources = useRecordSources();
  const [id] = useState(newId);
  const [initial] = useState<AdjustValues>(() => ({
    productId: target?.product.id ?? '',
    productName: target?.product.name ?? '',
    warehouseId: target?.warehouse.id ?? '',
    binId: target?.bin.id ?? '',
    direction: 'out',
    quantity: '',
    unitCost: '',
    reason: '',
    lot: '',
    note: '',
  }));
  const recordForm = useRecordForm<AdjustValues, typeof adjustStockSchema, unknown>({
    name: target ? `stock:adjust:${target.product.id}:${target.bin.id}` : 'stock:adjust',
    schema: adjustStockSchema,
    initial,
    toInput: (values) => adjustInput(values, id, { seesCosts }),
    save: (input) => client.inventory.adjust.mutate(input),
    onSaved: () => {
      notifyDone(t`Stock adjusted`, recordForm.form.getValues().productName);
      void queries.invalidateQueries();
      onClose();
    },
  });
  const leave = () => {
    recordForm.leave();
    onClose();
  };
  const { form, problem } = recordForm;
  const { values } = form;
  const warehouse = useQuery(
    trpc.warehouses.get.queryOptions(
      { id: values.warehouseId },
      { enabled: values.warehouseId !== '', staleTime: 60_000 },
    ),
  );
  const stock = useQuery(
    trpc.inventory.product.queryOptions({ id: values.productId }, { enabled: values.productId !== '' }),
  );
  const bins = warehouse.data?.bins ?? [];
  const place = stock.data?.places.find(
    (one) => one.warehouse.id === values.warehouseId && (values.binId === '' || one.bin.id === values.binId),
  );
  const unit = stock.data?.places[0]?.product.unit ?? target?.product.unit ?? '';

  return (
    <Modal
      opened
      onClose={leave}
      title={target ? t`Adjust ${target.product.sku} in ${target.bin.code}` : t`Adjust stock`}
      size="lg"
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          recordForm.submit();
        }}
      >
        <Stack gap="sm">
          {problem ? (
            <ProblemNote title={problem.title} detail={[problem.detail, ...problem.others].join(' ')} />
          ) : recordForm.restoredAt ? (
            <Note tone="waiting">
              <Trans>
                Restored what you had typed.
                <Button variant="subtle" size="compact-xs" onClick={recordForm.discardDraft}>
                  Start over
                </Button>
              </Trans>
            </Note>
          ) : null}
          {target ? null : (
            <RecordSelect
              label={t`Product`}
              required
              autoFocus
              placeholder={t`SKU, name or barcode`}
              source={sources.products}
              value={values.productId === '' ? null : values.productId}
              valueLabel={values.productName}
              error={form.errors.productId}
              onChange={(productId, option) => {
                form.setFieldValue('productId', productId ?? '');
                form.setFieldValue('productName', option?.label ?? '');
              }}
            />
          )}
          {target ? null : (
            <Group grow align="flex-start">
              <WarehouseField
                label={t`Warehouse`}
                value={values.warehouseId}
                error={form.errors.warehouseId}
                onChange={(warehouseId) => {
                  form.setFieldValue('warehouseId', warehouseId);
                  form.setFieldValue('binId', '');
                }}
              />
              <BinField
                warehouseId={values.warehouseId}
                value={values.binId}
                valueLabel={bins.find(({ id: bin }) => bin === values.binId)?.code ?? null}
                error={form.errors.binId}
                onChange={(binId) => {
                  form.setFieldValue('binId', binId);
                }}
              />
            </Group>
          )}
          <Group grow align="flex-start">
            <ShortList
              label={t`Reason`}
              required
              data-autofocus={target ? true : undefined}
              placeholder={t`Why it differs`}
              data={reasonOptions}
              {...form.getInputProps('reason')}
              onChange={(reason: string | null) => {
                form.setFieldValue('reason', (reason ?? '') as AdjustmentReason);
                const direction = reason ? reasonWords[reason as AdjustmentReason].direction : null;
                if (direction) form.setFieldValue('direction', direction);
              }}
            />
            <div>
              <SegmentedControl
                fullWidth
                mt={22}
                aria-label={t`In or out`}
                value={values.direction}
                onChange={(direction) => {
                  form.setFieldValue('direction', direction);
                }}
                data={[
                  { value: 'out', label: t`Take out` },
                  { value: 'in', label: t`Put in` },
                ]}
              />
            </div>
          </Group>
          <Group grow align="flex-start">
            <DecimalField
              label={t`Quantity`}
              places={3}
              required
              {...form.getInputProps('quantity')}
              error={form.errors.quantity ?? saidWords(fractionOf(values.quantity, unit))}
            />
            {values.direction === 'in' && seesCosts ? (
              <DecimalField
                label={t`Cost of one`}
                places={4}
                placeholder={t`Current average`}
                {...form.getInputProps('unitCost')}
              />
            ) : null}
            <ReferenceField label={t`Lot`} {...form.getInputProps('lot')} />
          </Group>
          <Outcome values={values} place={place ?? null} />
          <Textarea
            label={t`Note`}
            autosize
            minRows={2}
            placeholder={t`What happened`}
            {...form.getInputProps('note')}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={leave}>{t`Back`}</Button>
            <Button type="submit" loading={recordForm.saving}>
              {values.direction === 'in' ? t`Put into stock` : t`Take out of stock`}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** What the place will hold afterwards, before anything is posted. */
function Outcome({ values, place }: { values: AdjustValues; place: StockRow | null }) {
  if (values.productId === '' || values.warehouseId === '' || values.quantity === '') return null;
  const now = place?.onHand ?? '0';
  if (values.direction === 'in') {
    return (
      <Note>{t`On hand: ${formatQuantity(now)} now, ${formatQuantity(plus(now, values.quantity))} afterwards.`}</Note>
    );
  }
  if (isMore(values.quantity, now)) {
    return (
      <Note tone="waiting">{t`Only ${formatQuantity(now)} are there: stock never goes below zero.`}</Note>
    );
  }
  // Goods in quarantine can't be promised, but may be taken out.
  const free = place ? minus(place.onHand, place.reserved) : '0';
  if (place && isMore(values.quantity, free)) {
    return (
      <Note tone="waiting">{t`${formatQuantity(place.reserved)} of ${formatQuantity(now)} are reserved for orders; only ${formatQuantity(free)} are free.`}</Note>
    );
  }
  return (
    <Note>{t`On hand: ${formatQuantity(now)} now, ${formatQuantity(minus(now, values.quantity))} afterwards.`}</Note>
  );
}
