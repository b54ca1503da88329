import { actionOf, queryOf } from '../../documents/procedures.ts';
import { router } from '../../ladder/trpc.ts';
import { getInputSchema } from '../../ground/record.contract.ts';
import { adjustStock, reverseMovement } from './adjustments.service.ts';
import { availabilitiesSchema, availabilityInputSchema } from './availability.contract.ts';
import {
  adjustmentResultSchema,
  adjustStockSchema,
  listMovementsSchema,
  listStockSchema,
  movementPageSchema,
  productStockSchema,
  reverseMovementSchema,
  stockAsOfPageSchema,
  stockAsOfSchema,
  stockPageSchema,
} from './inventory.contract.ts';
import { availability, movementList, productStock, stockAsOf, stockList } from './inventory.service.ts';
import { stockMovementKind } from './inventory.kinds.contract.ts';

export const inventoryRouter = router({
  list: queryOf(stockMovementKind)
    .input(listStockSchema)
    .output(stockPageSchema)
    .query(({ ctx, input }) => stockList(ctx.scope, input)),
  /** One product over all its places; the id is the product's. */
  product: queryOf(stockMovementKind)
    .input(getInputSchema)
    .output(productStockSchema)
    .query(({ ctx, input }) => productStock(ctx.scope, input.id)),
  /** The availability of products from a warehouse, and the expected arrivals. */
  availability: queryOf(stockMovementKind)
    .input(availabilityInputSchema)
    .output(availabilitiesSchema)
    .query(({ ctx, input }) => availability(ctx.scope, input)),
  movements: queryOf(stockMovementKind)
    .input(listMovementsSchema)
    .output(movementPageSchema)
    .query(({ ctx, input }) => movementList(ctx.scope, input)),
  asOf: queryOf(stockMovementKind)
    .input(stockAsOfSchema)
    .output(stockAsOfPageSchema)
    .query(({ ctx, input }) => stockAsOf(ctx.scope, input)),
  adjust: actionOf(stockMovementKind, 'adjust')
    .input(adjustStockSchema)
    .output(adjustmentResultSchema)
    .mutation(({ ctx, input }) => adjustStock(ctx.scope, input)),
  reverse: actionOf(stockMovementKind, 'adjust')
    .input(reverseMovementSchema)
    .output(adjustmentResultSchema)
    .mutation(({ ctx, input }) => reverseMovement(ctx.scope, input)),
});
