import { documentCommand, documentCreation, documentQuery } from '../../documents/procedures.ts';
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
  list: documentQuery(purchaseOrderKind)
    .input(listPurchaseOrdersSchema)
    .output(purchaseOrderPageSchema)
    .query(({ ctx, input }) => purchaseOrders.purchaseOrderList(ctx.scope, input)),
  get: documentQuery(purchaseOrderKind)
    .input(getInputSchema)
    .output(purchaseOrderSchema)
    .query(({ ctx, input }) => purchaseOrders.currentPurchaseOrder(ctx.scope, input.id)),
  copy: documentQuery(purchaseOrderKind)
    .input(getInputSchema)
    .output(purchaseOrderCopySchema)
    .query(({ ctx, input }) => purchaseOrders.copyOfPurchaseOrder(ctx.scope, input.id)),
  create: documentCreation(purchaseOrderKind, { size: withManyLines })
    .input(createPurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.createPurchaseOrder(ctx.scope, input)),
  update: documentCommand(purchaseOrderKind, 'update', { size: withManyLines })
    .input(updatePurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.updatePurchaseOrder(ctx.scope, input)),
  submit: documentCommand(purchaseOrderKind, 'submit')
    .input(submitPurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.submitPurchaseOrder(ctx.scope, input)),
  approve: documentCommand(purchaseOrderKind, 'approve')
    .input(approvePurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.approvePurchaseOrder(ctx.scope, input)),
  reject: documentCommand(purchaseOrderKind, 'reject')
    .input(rejectPurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.rejectPurchaseOrder(ctx.scope, input)),
  receive: documentCommand(purchaseOrderKind, 'receive', { size: withManyLines })
    .input(receivePurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.receivePurchaseOrder(ctx.scope, input)),
  reverseReceipt: documentCommand(purchaseOrderKind, 'reverseReceipt')
    .input(reverseReceiptSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.reverseReceipt(ctx.scope, input)),
  revise: documentCommand(purchaseOrderKind, 'revise', { size: withManyLines })
    .input(revisePurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.revisePurchaseOrder(ctx.scope, input)),
  closeLine: documentCommand(purchaseOrderKind, 'closeLine')
    .input(closePurchaseOrderLineSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.closePurchaseOrderLine(ctx.scope, input)),
  close: documentCommand(purchaseOrderKind, 'close')
    .input(closePurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.closePurchaseOrder(ctx.scope, input)),
  cancel: documentCommand(purchaseOrderKind, 'cancel')
    .input(cancelPurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.cancelPurchaseOrder(ctx.scope, input)),
});
