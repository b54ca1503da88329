import { documentCommand, documentCreation, documentQuery } from '../../documents/procedures.ts';
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
  salesOrderCopySchema,
  recordPaymentSchema,
  reserveSalesOrderSchema,
  reversePaymentSchema,
  reviseSalesOrderSchema,
  salesOrderPageSchema,
  salesOrderSchema,
  shipSalesOrderSchema,
  updateSalesOrderSchema,
} from './sales-orders.contract.ts';
import { salesOrderKind } from './sales-orders.kinds.contract.ts';
import * as salesOrders from './sales-orders.service.ts';

export const salesOrdersRouter = router({
  list: documentQuery(salesOrderKind)
    .input(listSalesOrdersSchema)
    .output(salesOrderPageSchema)
    .query(({ ctx, input }) => salesOrders.salesOrderList(ctx.scope, input)),
  get: documentQuery(salesOrderKind)
    .input(getInputSchema)
    .output(salesOrderSchema)
    .query(({ ctx, input }) => salesOrders.currentSalesOrder(ctx.scope, input.id)),
  copy: documentQuery(salesOrderKind)
    .input(getInputSchema)
    .output(salesOrderCopySchema)
    .query(({ ctx, input }) => salesOrders.copyOfSalesOrder(ctx.scope, input.id)),
  create: documentCreation(salesOrderKind, { size: withManyLines })
    .input(createSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.createSalesOrder(ctx.scope, input)),
  update: documentCommand(salesOrderKind, 'update', { size: withManyLines })
    .input(updateSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.updateSalesOrder(ctx.scope, input)),
  confirm: documentCommand(salesOrderKind, 'confirm')
    .input(confirmSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.confirmSalesOrder(ctx.scope, input)),
  reserve: documentCommand(salesOrderKind, 'reserve')
    .input(reserveSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.reserveSalesOrder(ctx.scope, input)),
  ship: documentCommand(salesOrderKind, 'ship', { size: withManyLines })
    .input(shipSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.shipSalesOrder(ctx.scope, input)),
  revise: documentCommand(salesOrderKind, 'revise', { size: withManyLines })
    .input(reviseSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.reviseSalesOrder(ctx.scope, input)),
  deliver: documentCommand(salesOrderKind, 'deliver')
    .input(deliverSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.deliverSalesOrder(ctx.scope, input)),
  recordPayment: documentCommand(salesOrderKind, 'recordPayment')
    .input(recordPaymentSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.recordPayment(ctx.scope, input)),
  reversePayment: documentCommand(salesOrderKind, 'reversePayment')
    .input(reversePaymentSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.reversePayment(ctx.scope, input)),
  closeLine: documentCommand(salesOrderKind, 'closeLine')
    .input(closeSalesOrderLineSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.closeSalesOrderLine(ctx.scope, input)),
  close: documentCommand(salesOrderKind, 'close')
    .input(closeSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.closeSalesOrder(ctx.scope, input)),
  cancel: documentCommand(salesOrderKind, 'cancel')
    .input(cancelSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.cancelSalesOrder(ctx.scope, input)),
});
