import { t } from '@lingui/core/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Product } from '../../../server/domains/products/products.contract.ts';
import { lotsOfProductColumns } from '../inventory/lot-columns.tsx';
import { LinkButton } from '../../lib/Buttons.tsx';
import { listPaging, useListRows } from '../../lib/list-state.ts';
import { paths } from '../../lib/paths.ts';
import { writePlainSearch } from '../../lib/search-params.ts';
import { useTRPC } from '../../lib/services.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { Section } from '../../ui/Page.tsx';
import { useAppHistory } from '../../ui/use-app-history.ts';

/** The lots of the product of which something lies anywhere, what expires first at the top. */
export function ProductLots({ product }: { product: Product }) {
  const trpc = useTRPC();
  const history = useAppHistory();
  const query = useInfiniteQuery(
    trpc.lots.list.infiniteQueryOptions(
      {
        filter: { productId: product.id, inStock: true },
        sort: { by: 'expiresOn', direction: 'asc' },
        limit: 50,
      },
      listPaging,
    ),
  );
  return (
    <Section
      title={t`Lots in stock`}
      flush
      actions={
        <LinkButton
          variant="subtle"
          size="compact-sm"
          to={`${paths.lots}${writePlainSearch({ productId: product.id })}`}
        >{t`All its lots`}</LinkButton>
      }
    >
      <DataTable
        inline
        name="product-lots"
        label={t`Lots in stock`}
        columns={lotsOfProductColumns}
        rowId={(row) => row.id}
        onOpen={(row) => {
          history.push(paths.lot(row.id));
        }}
        {...useListRows(query)}
        empty={{
          title: t`No lot in stock`,
          text: t`A lot is made when goods come in; what lies here without one isn’t listed.`,
        }}
      />
    </Section>
  );
}
