import { tenantMutation, tenantQuery } from '../../ladder/procedures.ts';
import { withManyLines } from '../../ladder/request-size.ts';
import { router } from '../../ladder/trpc.ts';
import { getInputSchema } from '../../ground/record.contract.ts';
import {
  cancelSalesOrderSchema,
  closeSalesOrderLineSchema,
  closeSalesOrderSchema,
  confirmSalesOrderSchema,
  createSalesOrderSchema,
  deliverSalesOrderSchema,
  listSalesOrdersSchema,
  recordPaymentSchema,
  reserveSalesOrderSchema,
  reversePaymentSchema,
  reviseSalesOrderSchema,
  salesOrderPageSchema,
  salesOrderSchema,
  shipSalesOrderSchema,
  updateSalesOrderSchema,
} from './sales-orders.contract.ts';
import * as salesOrders from './sales-orders.service.ts';

export const salesOrdersRouter = router({
  list: tenantQuery('sales_orders:read')
    .input(listSalesOrdersSchema)
    .output(salesOrderPageSchema)
    .query(({ ctx, input }) => salesOrders.salesOrderList(ctx.scope, input)),
  get: tenantQuery('sales_orders:read')
    .input(getInputSchema)
    .output(salesOrderSchema)
    .query(({ ctx, input }) => salesOrders.currentSalesOrder(ctx.scope, input.id)),
  create: tenantMutation('sales_orders:create', { size: withManyLines })
    .input(createSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.createSalesOrder(ctx.scope, input)),
  update: tenantMutation('sales_orders:update', { size: withManyLines })
    .input(updateSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.updateSalesOrder(ctx.scope, input)),
  confirm: tenantMutation('sales_orders:confirm')
    .input(confirmSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.confirmSalesOrder(ctx.scope, input)),
  reserve: tenantMutation('sales_orders:confirm')
    .input(reserveSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.reserveSalesOrder(ctx.scope, input)),
  ship: tenantMutation('sales_orders:ship', { size: withManyLines })
    .input(shipSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.shipSalesOrder(ctx.scope, input)),
  revise: tenantMutation('sales_orders:update', { size: withManyLines })
    .input(reviseSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.reviseSalesOrder(ctx.scope, input)),
  deliver: tenantMutation('sales_orders:ship')
    .input(deliverSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.deliverSalesOrder(ctx.scope, input)),
  recordPayment: tenantMutation('sales_orders:update')
    .input(recordPaymentSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.recordPayment(ctx.scope, input)),
  reversePayment: tenantMutation('sales_orders:update')
    .input(reversePaymentSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.reversePayment(ctx.scope, input)),
  closeLine: tenantMutation('sales_orders:close')
    .input(closeSalesOrderLineSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.closeSalesOrderLine(ctx.scope, input)),
  close: tenantMutation('sales_orders:close')
    .input(closeSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.closeSalesOrder(ctx.scope, input)),
  cancel: tenantMutation('sales_orders:cancel')
    .input(cancelSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.cancelSalesOrder(ctx.scope, input)),
});
