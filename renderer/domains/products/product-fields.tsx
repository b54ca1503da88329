import { t } from '@lingui/core/macro';
import { TagsInput } from '@mantine/core';
import {
  defaultCategory,
  productRowSchema,
  productSorts,
  productStatuses,
  type Product,
  type ProductRow,
} from '../../../server/domains/products/products.contract.ts';
import { productKind } from '../../../server/domains/products/products.kinds.contract.ts';
import { unitCodes } from '../../../server/ground/india.contract.ts';
import {
  choiceField,
  fieldsOfEveryRecord,
  notesField,
  statusField,
  textField,
  tickField,
} from '../../lib/field-kinds.tsx';
import { limitField, measureField } from '../../lib/figure-fields.tsx';
import type { RecordPage } from '../../lib/MasterPage.tsx';
import type { FormPart, RecordField } from '../../lib/record-fields.tsx';
import type { RecordList } from '../../lib/record-reading.tsx';
import { Code, Money, Quantity } from '../../ui/Figures.tsx';
import { FieldCell } from '../../ui/FormFrame.tsx';
import { formatPercent } from '../../ui/formats.ts';
import { CategoryChoice, TaxClassChoice } from './ProductChoices.tsx';
import { unitWords } from './unit-words.ts';

/** Services have no stock, and nothing that is about it. */
const ofGoods = { when: ({ kind }: { kind?: unknown }) => kind !== 'service' };

const category: RecordField<string, string> = {
  ...textField({ label: t`Category`, required: true }),
  initial: defaultCategory,
  cells: (bind) => (
    <FieldCell span={2}>
      <CategoryChoice bind={bind} />
    </FieldCell>
  ),
};

const taxClass: RecordField<string, string> = {
  ...textField({ label: t`Tax class`, required: true }),
  initial: 'GST18',
  cells: (bind) => (
    <FieldCell span={2}>
      <TaxClassChoice bind={bind} />
    </FieldCell>
  ),
};

const barcodes: RecordField<readonly string[], readonly string[]> = {
  ...ofGoods,
  label: t`Barcodes`,
  read: (kept) => (kept.length > 0 ? <Code>{kept.join('  ')}</Code> : null),
  initial: [],
  shown: (kept) => kept,
  sent: (value) => value,
  labels: { '': t`Barcodes` },
  cells: (bind) => (
    <FieldCell span={4}>
      <TagsInput
        label={t`Barcodes`}
        placeholder={t`Scan or type, then Enter`}
        data-typed="codes"
        splitChars={[',', ' ', ';']}
        {...bind()}
      />
    </FieldCell>
  ),
};

/** A price of one unit, before GST. */
const price = (label: string) =>
  measureField({ label, places: 4, prefix: '₹', read: (kept) => <Money value={kept} unitPrice /> });

const readStock = (kept: string | null, record: object) => {
  const { kind, unit } = record as Pick<Product, 'kind' | 'unit'>;
  return kind === 'service' ? null : <Quantity value={kept} unit={unit} />;
};

/** A quantity of the product, in its unit. */
const quantity = (label: string) => ({
  ...measureField({
    label,
    places: 3,
    suffix: ({ unit }) => (typeof unit === 'string' ? unit : ''),
    read: readStock,
  }),
  ...ofGoods,
});

/** What people fill in of a product. A new field is one line here, and its name in the lists below. */
export const productFields = {
  sku: textField({ label: 'SKU', required: true, first: true, code: true }),
  name: textField({ label: t`Name`, span: 4, required: true }),
  category,
  kind: choiceField({
    label: t`Kind`,
    initial: 'tracked',
    options: [
      { value: 'tracked', label: t`Goods, with stock` },
      { value: 'service', label: t`Service, no stock` },
    ],
  }),
  status: statusField(productStatuses),
  description: notesField({ label: t`Description` }),
  purchasePrice: price(t`Purchase price`),
  salePrice: price(t`Sale price`),
  unit: choiceField({
    label: t`Unit`,
    initial: 'NOS',
    options: unitCodes.map((value) => ({ value, label: `${value} · ${unitWords[value] ?? value}` })),
  }),
  hsnCode: textField({
    label: t`HSN code`,
    required: true,
    inputMode: 'numeric',
    placeholder: t`4, 6 or 8 digits`,
    code: true,
  }),
  taxClass,
  reorderLevel: quantity(t`Reorder level`),
  reorderQuantity: quantity(t`Reorder quantity`),
  receiptTolerancePercent: {
    ...limitField({
      label: t`Over-receipt allowed`,
      places: 2,
      suffix: () => '%',
      none: t`As in settings`,
      read: (kept) => formatPercent(kept),
    }),
    ...ofGoods,
  },
  barcodes,
  tracksLots: { ...tickField({ label: t`Lots`, tick: t`Kept by lots`, without: t`No lots` }), ...ofGoods },
};

export const productForm: readonly FormPart<keyof typeof productFields>[] = [
  { title: t`Product`, fields: ['sku', 'name', 'category', 'kind', 'status', 'description'] },
  {
    title: t`Price and tax`,
    help: t`Prices are for one unit, before GST.`,
    fields: ['purchasePrice', 'salePrice', 'unit', 'hsnCode', 'taxClass'],
  },
  {
    title: t`Stock`,
    help: t`At or below the reorder level the product is listed as low. Over-receipt is what may come in above the order.`,
    fields: ['reorderLevel', 'reorderQuantity', 'receiptTolerancePercent', 'barcodes', 'tracksLots'],
  },
];

/** What is read of a product: those, and what the server keeps by itself. */
const productRead = {
  ...productFields,
  ...fieldsOfEveryRecord,
  onHand: { label: t`On hand`, figure: true as const, read: readStock },
  available: { label: t`Available`, figure: true as const, read: readStock },
};

export const productPage: RecordPage<Product['status'], typeof productRead> = {
  kind: productKind,
  fields: productRead,
  list: t`Products`,
  states: productStatuses,
  main: [
    {
      title: t`About`,
      fields: ['category', 'kind', 'unit', 'hsnCode', 'barcodes', 'taxClass', 'description', 'attributes'],
    },
  ],
  side: [
    { title: t`Prices, before GST`, figures: true, fields: ['purchasePrice', 'salePrice'] },
    {
      title: t`Reordering`,
      figures: true,
      fields: ['reorderLevel', 'reorderQuantity', 'receiptTolerancePercent', 'tracksLots'],
    },
  ],
};

export const productList: RecordList<ProductRow, typeof productRead> = {
  kind: productKind,
  row: productRowSchema,
  fields: productRead,
  sorts: productSorts,
  columns: {
    sku: { width: '130px', key: true },
    name: { width: 'minmax(200px, 2.6fr)' },
    category: { width: 'minmax(100px, 1fr)' },
    hsnCode: { header: 'HSN', width: '76px' },
    taxClass: { header: t`Tax`, width: '80px', hidden: true },
    onHand: { width: '100px' },
    available: { width: '100px' },
    reorderLevel: { header: t`Reorder at`, width: '104px', hidden: true },
    purchasePrice: { header: t`Purchase`, width: '100px' },
    salePrice: { header: t`Sale`, width: '100px' },
    status: { width: '104px' },
    updatedAt: { width: '124px', hidden: true },
  },
};
