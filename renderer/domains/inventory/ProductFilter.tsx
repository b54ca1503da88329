import { t } from '@lingui/core/macro';
import { PartyFilter } from '../../documents/PartyFilter.tsx';
import { useFilteredProduct } from '../../documents/use-filtered-product.ts';
import type { ListState } from '../../lib/list-state.ts';
import { useRecordSources } from '../../lib/record-search.ts';

/** Only the rows of one product; its name is read where a link has brought it. */
export function ProductFilter({ list }: { list: ListState }) {
  const sources = useRecordSources();
  const productId = list.record('productId');
  const product = useFilteredProduct(productId);
  return (
    <PartyFilter
      label={t`Product`}
      source={sources.products}
      value={productId}
      valueLabel={product?.name}
      onChange={(id) => {
        list.bar.onFilter('productId', id);
      }}
    />
  );
}
