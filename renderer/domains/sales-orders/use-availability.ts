import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQueries } from '@tanstack/react-query';
import {
  mostProductsAsked,
  type Availability,
} from '../../../server/domains/inventory/availability.contract.ts';
import { stockMovementKind } from '../../../server/domains/inventory/inventory.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { useTRPC } from '../../lib/services.tsx';

/** A product chosen by the keyboard is asked about once the next field is typed in, not at every key before. */
const pause = 250;

const nothingKnown: ReadonlyMap<string, Availability> = new Map();

function inParts(ids: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let at = 0; at < ids.length; at += mostProductsAsked)
    parts.push(ids.slice(at, at + mostProductsAsked));
  return parts;
}

/**
 * What the warehouse has of the products of an order, all lines in one call (one for every 200 products). `salesOrderId`
 * is a confirmed order that waits itself. Empty while nothing is known, or where the person sees no stock.
 */
export function useAvailability(
  warehouseId: string,
  products: readonly string[],
  salesOrderId?: string,
): ReadonlyMap<string, Availability> {
  const trpc = useTRPC();
  const { can } = useAbility();
  const wanted = [...new Set(products.filter((id) => id !== ''))].sort().join();
  const [asked] = useDebouncedValue(wanted, pause);
  const enabled = warehouseId !== '' && can(stockMovementKind.readWith);
  return useQueries({
    queries: inParts(asked === '' ? [] : asked.split(',')).map((productIds) => ({
      ...trpc.inventory.availability.queryOptions(
        { warehouseId, productIds, salesOrderId },
        { enabled, trpc: { context: { alone: true } } },
      ),
      placeholderData: keepPreviousData,
    })),
    combine: byProduct,
  });
}

function byProduct(
  results: readonly { data: Availability[] | undefined }[],
): ReadonlyMap<string, Availability> {
  const found = results.flatMap(({ data }) => data ?? []);
  return found.length === 0 ? nothingKnown : new Map(found.map((stock) => [stock.productId, stock]));
}
