import { t } from '@lingui/core/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import {
  stockRowSchema,
  stockAsOfSchema,
  type StockRow,
} from '../../../server/domains/inventory/inventory.contract.ts';
import { today } from '../../../server/ground/days.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { LinkButton } from '../../lib/Buttons.tsx';
import { MovementsLink } from '../../lib/figure-links.tsx';
import { listPaging, useListRows, useListState } from '../../lib/list-state.ts';
import { useWarehouseOptions } from '../../documents/use-warehouse-options.ts';
import { paths } from '../../lib/paths.ts';
import { useTRPC } from '../../lib/services.tsx';
import { seenColumns } from '../../lib/seen-columns.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Code, Money, Quantity } from '../../ui/Figures.tsx';
import { formatInstant, startOfDay } from '../../ui/moments.ts';
import { MomentInput } from '../../ui/MomentInput.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';

interface Row {
  product: Pick<StockRow['product'], 'id' | 'sku' | 'name'>;
  warehouseCode: string;
  binCode: string;
  onHand: string;
  value: string | null;
}

const columns: readonly DataColumn<Row>[] = [
  {
    id: 'sku',
    header: 'SKU',
    fixed: true,
    width: '150px',
    cell: (row) => (
      <AppLink to={paths.product(row.product.id)} tabIndex={-1}>
        <Code>{row.product.sku}</Code>
      </AppLink>
    ),
  },
  { id: 'name', header: t`Product`, width: 'minmax(200px, 3fr)', cell: (row) => row.product.name },
  { id: 'warehouse', header: t`Warehouse`, width: '110px', cell: (row) => <Code>{row.warehouseCode}</Code> },
  { id: 'bin', header: t`Bin`, width: '110px', cell: (row) => <Code>{row.binCode}</Code> },
  {
    id: 'onHand',
    header: t`On hand`,
    align: 'end',
    // What the screen is for: no window is too narrow for it.
    fixed: true,
    width: '104px',
    cell: (row) => (
      <MovementsLink of={{ productId: row.product.id }}>
        <Quantity value={row.onHand} />
      </MovementsLink>
    ),
  },
  { id: 'value', header: t`Value`, align: 'end', width: '150px', cell: (row) => <Money value={row.value} /> },
];

/** The stock as it stood at any past moment, read from the ledger. */
export function StockAsOf() {
  const trpc = useTRPC();
  const ability = useAbility();
  const list = useListState();
  const warehouses = useWarehouseOptions();
  const [monthStart] = useState(() => startOfDay(`${today().slice(0, 7)}-01`));
  const at = z.iso.datetime().safeParse(list.one('at')).data ?? monthStart;
  const warehouseId = list.record('warehouseId');
  const input = stockAsOfSchema.parse({ at, ...(warehouseId ? { warehouseId } : {}), limit: 100 });
  const rows = useListRows(useInfiniteQuery(trpc.inventory.asOf.infiniteQueryOptions(input, listPaging)));
  const shown = seenColumns(columns, stockRowSchema, ability);
  const { onFilter } = list.bar;
  const chosen = warehouses.find((one) => one.value === warehouseId);

  return (
    <Page
      fill
      header={
        <PageHeader
          title={t`Stock as of a moment`}
          parent={{ label: t`Inventory`, to: paths.inventory }}
          detail={t`As it stood on ${formatInstant(at)}${chosen ? t` in ${chosen.label}` : ''}.`}
          actions={
            <MomentInput
              name={t`Moment`}
              value={at}
              onChange={(moment) => {
                onFilter('at', moment);
              }}
            />
          }
        />
      }
    >
      <DataTable
        name="stock-as-of"
        label={t`Stock as of a moment`}
        columns={shown}
        rowId={(row) => `${row.product.id} ${row.warehouseCode} ${row.binCode}`}
        {...rows}
        empty={{
          title: t`There was no stock then`,
          text: t`Choose a later moment.`,
          action: (
            <LinkButton
              variant="default"
              to={`${paths.inventory}${warehouseId ? `?warehouseId=${warehouseId}` : ''}`}
            >{t`Stock of now`}</LinkButton>
          ),
        }}
      />
    </Page>
  );
}
