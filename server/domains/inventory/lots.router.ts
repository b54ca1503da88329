import { actionOf, queryOf } from '../../documents/procedures.ts';
import { router } from '../../ladder/trpc.ts';
import { getInputSchema } from '../../ground/record.contract.ts';
import { lotKind } from './inventory.kinds.contract.ts';
import { lotList, lotOf, recallLot, setLotStatus, updateLot } from './lot-records.service.ts';
import {
  listLotsSchema,
  lotPageSchema,
  lotSchema,
  recallLotSchema,
  setLotStatusSchema,
  updateLotSchema,
} from './lots.contract.ts';

export const lotsRouter = router({
  list: queryOf(lotKind)
    .input(listLotsSchema)
    .output(lotPageSchema)
    .query(({ ctx, input }) => lotList(ctx.scope, input)),
  get: queryOf(lotKind)
    .input(getInputSchema)
    .output(lotSchema)
    .query(({ ctx, input }) => lotOf(ctx.scope, input.id)),
  update: actionOf(lotKind, 'change')
    .input(updateLotSchema)
    .output(lotSchema)
    .mutation(({ ctx, input }) => updateLot(ctx.scope, input)),
  setStatus: actionOf(lotKind, 'change')
    .input(setLotStatusSchema)
    .output(lotSchema)
    .mutation(({ ctx, input }) => setLotStatus(ctx.scope, input)),
  /** Nobody gets the lot any more; who got it and what is left where is in the answer. */
  recall: actionOf(lotKind, 'recall')
    .input(recallLotSchema)
    .output(lotSchema)
    .mutation(({ ctx, input }) => recallLot(ctx.scope, input)),
});
