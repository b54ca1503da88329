import { useMutation, useQuery } from '@tanstack/react-query';
import { lotKind, stockMovementKind } from '../../../server/domains/inventory/inventory.kinds.contract.ts';
import type { Product } from '../../../server/domains/products/products.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { MasterPage } from '../../lib/MasterPage.tsx';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { PrintLabels } from '../labels/PrintLabels.tsx';
import { productPage } from './product-fields.tsx';
import { ProductLots } from './ProductLots.tsx';
import { ProductMovements, ProductStock } from './ProductStock.tsx';

export function ProductScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.products.get.queryOptions({ id: useRecordId() }));
  return <RecordGate query={query}>{(product) => <ProductRecord product={product} />}</RecordGate>;
}

function ProductRecord({ product }: { product: Product }) {
  const { can } = useAbility();
  const update = useMutation(useTRPC().products.update.mutationOptions());
  const { id, version } = product;
  return (
    <MasterPage
      of={productPage}
      record={product}
      code={product.sku}
      change={(status) => update.mutateAsync({ id, version, status })}
      actions={<PrintLabels wanted={{ kind: 'product', items: [{ id }] }} />}
      above={
        product.kind === 'tracked' && can(stockMovementKind.readWith) ? (
          <>
            <ProductStock product={product} />
            {product.tracksLots && can(lotKind.readWith) ? <ProductLots product={product} /> : null}
            <ProductMovements product={product} />
          </>
        ) : null
      }
    />
  );
}
