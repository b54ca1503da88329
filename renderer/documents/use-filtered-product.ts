import { useQuery } from '@tanstack/react-query';
import { productKind } from '../../server/domains/products/products.kinds.contract.ts';
import { useAbility } from '../lib/ability.ts';
import { useTRPC } from '../lib/services.tsx';

/** The product that a list is filtered by, for those who may read it; undefined until it is here. */
export function useFilteredProduct(id: string | undefined) {
  const { can } = useAbility();
  const enabled = id !== undefined && can(productKind.readWith);
  return useQuery(useTRPC().products.get.queryOptions({ id: id ?? '' }, { enabled, staleTime: 60_000 })).data;
}
