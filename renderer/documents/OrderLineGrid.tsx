import { t } from '@lingui/core/macro';
import type { UseFormReturnType } from '@mantine/form';
import { useMemo, useRef } from 'react';
import { fractionOf } from '../../server/ground/india.contract.ts';
import { productCodeIn, type ProductNamed } from '../../server/domains/products/products.contract.ts';
import { quantityOfGs1, readGs1 } from '../../server/ground/gs1/reading.contract.ts';
import { errorsOfMovedLines, firstWrongLine } from '../lib/form-errors.ts';
import { Money } from '../ui/Figures.tsx';
import { LineGrid, type LineColumn } from '../ui/LineGrid.tsx';
import { RecordSelect } from '../ui/RecordSelect.tsx';
import { useTRPCClient } from '../lib/services.tsx';
import { useRecordSources } from '../lib/record-search.ts';
import { useScanner } from '../lib/scanner.ts';
import { cueRight, cueWrong } from '../lib/cues.ts';
import { gs1FaultWords, readableScan } from '../lib/gs1-words.ts';
import { notifyNote } from '../lib/notify.tsx';
import {
  emptyLine,
  isBlank,
  lineNet,
  plus,
  rateOf,
  trimmedPrice,
  type OrderLineValues,
} from './order-lines.ts';
import type { OrderValues } from './order-values.ts';
import { saidWords } from '../lib/reason-words.ts';
import { figureWords, isFigureField, pastedWords, quantityIn } from './pasted-lines.ts';
import { PastedNote } from './PastedNote.tsx';
import { useOrderClipboard } from './use-order-clipboard.ts';
import { usePastedProducts } from './use-pasted-products.ts';
import { useTaxRates } from './use-tax-rates.ts';

/**
 * The lines of an order, typed, scanned or pasted from a spreadsheet: the product by SKU, name or barcode, then
 * quantity, price and discount. A barcode scanned anywhere on the screen adds one of its product.
 */
export function OrderLineGrid<Values extends OrderValues>({
  form,
  price,
  beside,
}: {
  form: UseFormReturnType<Values>;
  /** The price of the product that is proposed. */
  price: 'purchase' | 'sale';
  /** A column of the document's own, beside the quantity. Must stay the same object while it shows the same. */
  beside?: LineColumn<OrderLineValues>;
}) {
  const client = useTRPCClient();
  const source = useRecordSources().products;
  const wrap = useRef<HTMLDivElement>(null);
  const rates = useTaxRates(form.values.orderDate);
  const { lines } = form.values;

  const setLines = (next: OrderLineValues[]) => {
    const before = form.getValues().lines;
    form.setFieldValue('lines', next as never);
    form.setErrors((errors) => errorsOfMovedLines(errors, before, next));
  };

  function withProduct(line: OrderLineValues, product: ProductNamed['product']): OrderLineValues {
    const proposed = price === 'purchase' ? product.purchasePrice : product.salePrice;
    const { pasted: _told, ...rest } = line;
    return {
      ...rest,
      productId: product.id,
      quantity: quantityIn(line.quantity, product.unit),
      productLabel: product.name,
      sku: product.sku,
      unit: product.unit,
      kind: product.kind,
      unitPrice: trimmedPrice(proposed ?? ''),
      taxClass: product.taxClass,
      taxPercent: '',
    };
  }

  /** The product as it was asked for: a price typed before its answer came stays. */
  function chosen(line: OrderLineValues, product: ProductNamed['product']): OrderLineValues {
    const next = withProduct(line, product);
    return line.productId === '' && line.unitPrice !== '' ? { ...next, unitPrice: line.unitPrice } : next;
  }

  const { clipboard, settle } = useOrderClipboard(form, setLines);
  usePastedProducts({ lines, form: wrap, take: chosen, settle });

  function focusCell(index: number, column: string) {
    wrap.current
      ?.querySelector<HTMLInputElement>(`[data-line="${String(index)}"][data-column="${column}"]`)
      ?.focus();
  }

  useScanner((scanned) => {
    const reading = readGs1(scanned);
    const code = readableScan(scanned);
    if (reading.kind === 'refused') {
      cueWrong();
      notifyNote(t`Not a sound GS1 code`, `${code}: ${gs1FaultWords(reading)}`);
      return;
    }
    client.products.list
      .query({ filter: { barcode: productCodeIn(scanned), status: ['active'] }, limit: 1 })
      .then(({ items: [product] }) => {
        if (!product) {
          cueWrong();
          notifyNote(t`Unknown barcode`, t`No active product has ${code}.`);
          return;
        }
        cueRight();
        const now = form.getValues().lines;
        const counted = reading.kind === 'elements' ? quantityOfGs1(reading, product.unit) : '1';
        const known = now.findIndex((line) => line.productId === product.id);
        if (known >= 0) {
          setLines(
            now.map((line, at) =>
              at === known ? { ...line, quantity: plus(line.quantity, counted) } : line,
            ),
          );
          return;
        }
        const added = { ...withProduct(emptyLine(), product), quantity: counted };
        setLines([...now.filter((line) => !isBlank(line)), added]);
      })
      .catch(() => {
        cueWrong();
        notifyNote(t`The barcode could not be looked up`, t`Scan ${code} again when the server answers.`);
      });
  });

  const columns = useMemo<LineColumn<OrderLineValues>[]>(
    () => [
      {
        id: 'productId',
        header: t`Product`,
        width: 'minmax(200px, 3fr)',
        cell: (line, index, mark, set) => (
          <RecordSelect
            aria-label={t`Product, line ${String(index + 1)}`}
            placeholder={t`SKU, name or barcode`}
            source={source}
            value={line.productId === '' ? null : line.productId}
            valueLabel={line.productLabel}
            asked={line.pasted?.text ?? ''}
            inputProps={{ ...mark, variant: 'unstyled' }}
            onChange={(_id, option) => {
              if (option) set((now) => chosen(now, option.data));
            }}
            onDone={() => {
              focusCell(index, 'quantity');
            }}
          />
        ),
      },
      {
        id: 'sku',
        header: 'SKU',
        width: 'minmax(96px, 1fr)',
        cell: (line) => <span data-quiet>{line.sku}</span>,
      },
      {
        id: 'quantity',
        header: t`Quantity`,
        width: '96px',
        align: 'end',
        input: {
          kind: 'decimal',
          places: 3,
          value: (line) => line.quantity,
          set: (line, quantity) => ({ ...line, quantity }),
        },
      },
      {
        id: 'unit',
        header: t`Unit`,
        headHidden: true,
        width: '48px',
        cell: (line) => <span data-quiet>{line.unit}</span>,
      },
      ...(beside ? [beside] : []),
      {
        id: 'unitPrice',
        header: t`Price`,
        width: '112px',
        align: 'end',
        input: {
          kind: 'decimal',
          places: 4,
          value: (line) => line.unitPrice,
          set: (line, unitPrice) => ({ ...line, unitPrice }),
        },
      },
      {
        id: 'discountPercent',
        header: t`Disc. %`,
        width: '80px',
        align: 'end',
        input: {
          kind: 'decimal',
          places: 2,
          value: (line) => line.discountPercent,
          set: (line, discountPercent) => ({ ...line, discountPercent }),
        },
      },
      {
        id: 'tax',
        header: t`GST %`,
        width: '64px',
        align: 'end',
        cell: (line) => trimmedRate(rateOf(line, rates)),
      },
      {
        id: 'net',
        header: t`Net`,
        width: '128px',
        align: 'end',
        cell: (line) => (isBlank(line) ? '' : <Money value={lineNet(line).toFixed(2)} />),
      },
    ],
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [source, rates, price, beside],
  );

  const untold = lines.flatMap(({ pasted }, index) => (pasted && pasted.found !== 'waiting' ? [index] : []));
  const wrong = [firstWrongLine(form.errors), untold[0]].filter((index) => index !== undefined);

  return (
    <div ref={wrap}>
      <PastedNote
        lines={lines}
        onGo={(index) => {
          focusCell(index, 'productId');
        }}
        onRetry={() => {
          settle((now) =>
            now.map((line) =>
              line.pasted?.found === 'unread'
                ? { ...line, pasted: { ...line.pasted, found: 'waiting' } }
                : line,
            ),
          );
        }}
      />
      <LineGrid
        label={t`Order lines`}
        lines={lines}
        onChange={setLines}
        lineId={(line) => line.id}
        columns={columns}
        newLine={emptyLine}
        firstWrong={wrong.length === 0 ? undefined : Math.min(...wrong)}
        error={(index, column) => errorOf(lines[index], index, column)}
        clipboard={clipboard}
        empty={t`No lines yet. Add one, scan a product, or paste lines from a spreadsheet.`}
      />
    </div>
  );

  function errorOf(line: OrderLineValues | undefined, index: number, column: string) {
    const pasted = line && column === 'productId' ? pastedWords(line) : null;
    const figure = line && isFigureField(column) ? figureWords(line[column], column, line.unit) : null;
    const fraction = line && column === 'quantity' ? saidWords(fractionOf(line.quantity, line.unit)) : null;
    return pasted ?? figure ?? form.errors[`lines.${String(index)}.${column}`] ?? fraction;
  }
}

function trimmedRate(percent: string): string {
  return percent.includes('.') ? percent.replace(/\.?0+$/, '') : percent;
}
