import { tenantMutation, tenantQuery } from '../../ladder/procedures.ts';
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
  purchaseOrderPageSchema,
  purchaseOrderSchema,
  receivePurchaseOrderSchema,
  rejectPurchaseOrderSchema,
  reverseReceiptSchema,
  revisePurchaseOrderSchema,
  submitPurchaseOrderSchema,
  updatePurchaseOrderSchema,
} from './purchase-orders.contract.ts';
import * as purchaseOrders from './purchase-orders.service.ts';

export const purchaseOrdersRouter = router({
  list: tenantQuery('purchase_orders:read')
    .input(listPurchaseOrdersSchema)
    .output(purchaseOrderPageSchema)
    .query(({ ctx, input }) => purchaseOrders.purchaseOrderList(ctx.scope, input)),
  get: tenantQuery('purchase_orders:read')
    .input(getInputSchema)
    .output(purchaseOrderSchema)
    .query(({ ctx, input }) => purchaseOrders.currentPurchaseOrder(ctx.scope, input.id)),
  create: tenantMutation('purchase_orders:create', { size: withManyLines })
    .input(createPurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.createPurchaseOrder(ctx.scope, input)),
  update: tenantMutation('purchase_orders:update', { size: withManyLines })
    .input(updatePurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.updatePurchaseOrder(ctx.scope, input)),
  submit: tenantMutation('purchase_orders:submit')
    .input(submitPurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.submitPurchaseOrder(ctx.scope, input)),
  approve: tenantMutation('purchase_orders:approve')
    .input(approvePurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.approvePurchaseOrder(ctx.scope, input)),
  reject: tenantMutation('purchase_orders:approve')
    .input(rejectPurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.rejectPurchaseOrder(ctx.scope, input)),
  receive: tenantMutation('purchase_orders:receive', { size: withManyLines })
    .input(receivePurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.receivePurchaseOrder(ctx.scope, input)),
  reverseReceipt: tenantMutation('purchase_orders:receive')
    .input(reverseReceiptSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.reverseReceipt(ctx.scope, input)),
  revise: tenantMutation('purchase_orders:update', { size: withManyLines })
    .input(revisePurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.revisePurchaseOrder(ctx.scope, input)),
  closeLine: tenantMutation('purchase_orders:close')
    .input(closePurchaseOrderLineSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.closePurchaseOrderLine(ctx.scope, input)),
  close: tenantMutation('purchase_orders:close')
    .input(closePurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.closePurchaseOrder(ctx.scope, input)),
  cancel: tenantMutation('purchase_orders:cancel')
    .input(cancelPurchaseOrderSchema)
    .output(purchaseOrderSchema)
    .mutation(({ ctx, input }) => purchaseOrders.cancelPurchaseOrder(ctx.scope, input)),
});
