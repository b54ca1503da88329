import { getWithLinesSchema } from '../../documents/lines.contract.ts';
import { historySchema } from '../../documents/history.contract.ts';
import { historyOf } from '../../documents/history.ts';
import { commandOf, creationOf, queryOf } from '../../documents/procedures.ts';
import { withManyLines } from '../../ladder/request-size.ts';
import { router } from '../../ladder/trpc.ts';
import { getInputSchema } from '../../ground/record.contract.ts';
import {
  approvePurchaseOrderSchema,
  cancelPurchaseOrderSchema,
  closePurchaseOrderLineSchema,
  closePurchaseOrderSchema,
  createPurchaseOrderSchema,
  listPurchaseOrdersSchema,
  purchaseOrderCopySchema,
  purchaseOrderPageSchema,
  purchaseOrderSchema,
  receivePurchaseOrderSchema,
  rejectPurchaseOrderSchema,
  reverseReceiptSchema,
  revisePurchaseOrderSchema,
  submitPurchaseOrderSchema,
  updatePurchaseOrderSchema,
} from './purchase-orders.contract.ts';
import { purchaseOrderKind } from './purchase-orders.kinds.contract.ts';
import * as purchaseOrders from './purchase-orders.service.ts';

export const purchaseOrdersRouter = router({
  list: queryOf(purchaseOrderKind)
    .input(listPurchaseOrdersSchema)
    .output(purchaseOrderPageSchema)
    .query(({ ctx, input }) => purchaseOrders.purchaseOrderList(ctx.scope, input)),
  get: queryOf(purchaseOrderKind)
    .input(getWithLinesSchema)
    .output(purchaseOrderSchema)
    .query(({ ctx, input }) => purchaseOrders.currentPurchaseOrder(ctx.scope, input.id, input.lines)),
  history: queryOf(purchaseOrderKind)
    .input(getInputSchema)
    .output(historySchema)
    .query(({ ctx, input }) => historyOf(ctx.scope, purchaseOrderKind, input.id)),
  copy: queryOf(purchaseOrderKind)
    .input(getInputSchema)
    .output(purchaseOrderCopySchema)
    .query(({ ctx, input }) => purchaseOrders.copyOfPurchaseOrder(ctx.scope, input.id)),
  create: creationOf(purchaseOrderKind, { size: withManyLines })
    .input(createPurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.createPurchaseOrder(ctx.scope, input)),
  update: commandOf(purchaseOrderKind, 'update', { size: withManyLines })
    .input(updatePurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.updatePurchaseOrder(ctx.scope, input)),
  submit: commandOf(purchaseOrderKind, 'submit')
    .input(submitPurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.submitPurchaseOrder(ctx.scope, input)),
  approve: commandOf(purchaseOrderKind, 'approve')
    .input(approvePurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.approvePurchaseOrder(ctx.scope, input)),
  reject: commandOf(purchaseOrderKind, 'reject')
    .input(rejectPurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.rejectPurchaseOrder(ctx.scope, input)),
  receive: commandOf(purchaseOrderKind, 'receive', { size: withManyLines })
    .input(receivePurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.receivePurchaseOrder(ctx.scope, input)),
  reverseReceipt: commandOf(purchaseOrderKind, 'reverseReceipt')
    .input(reverseReceiptSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.reverseReceipt(ctx.scope, input)),
  revise: commandOf(purchaseOrderKind, 'revise', { size: withManyLines })
    .input(revisePurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.revisePurchaseOrder(ctx.scope, input)),
  closeLine: commandOf(purchaseOrderKind, 'closeLine')
    .input(closePurchaseOrderLineSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.closePurchaseOrderLine(ctx.scope, input)),
  close: commandOf(purchaseOrderKind, 'close')
    .input(closePurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.closePurchaseOrder(ctx.scope, input)),
  cancel: commandOf(purchaseOrderKind, 'cancel')
    .input(cancelPurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.cancelPurchaseOrder(ctx.scope, input)),
});
