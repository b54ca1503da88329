import { getWithLinesSchema } from '../../documents/lines.contract.ts';
import { historySchema } from '../../documents/history.contract.ts';
import { historyOf } from '../../documents/history.ts';
import { commandOf, creationOf, queryOf } from '../../documents/procedures.ts';
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
  reservedPlacesSchema,
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
  list: queryOf(salesOrderKind)
    .input(listSalesOrdersSchema)
    .output(salesOrderPageSchema)
    .query(({ ctx, input }) => salesOrders.salesOrderList(ctx.scope, input)),
  get: queryOf(salesOrderKind)
    .input(getWithLinesSchema)
    .output(salesOrderSchema)
    .query(({ ctx, input }) => salesOrders.currentSalesOrder(ctx.scope, input.id, input.lines)),
  reservedPlaces: queryOf(salesOrderKind)
    .input(getInputSchema)
    .output(reservedPlacesSchema)
    .query(({ ctx, input }) => salesOrders.reservedPlaces(ctx.scope, input.id)),
  history: queryOf(salesOrderKind)
    .input(getInputSchema)
    .output(historySchema)
    .query(({ ctx, input }) => historyOf(ctx.scope, salesOrderKind, input.id)),
  copy: queryOf(salesOrderKind)
    .input(getInputSchema)
    .output(salesOrderCopySchema)
    .query(({ ctx, input }) => salesOrders.copyOfSalesOrder(ctx.scope, input.id)),
  create: creationOf(salesOrderKind, { size: withManyLines })
    .input(createSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.createSalesOrder(ctx.scope, input)),
  update: commandOf(salesOrderKind, 'update', { size: withManyLines })
    .input(updateSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.updateSalesOrder(ctx.scope, input)),
  confirm: commandOf(salesOrderKind, 'confirm')
    .input(confirmSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.confirmSalesOrder(ctx.scope, input)),
  reserve: commandOf(salesOrderKind, 'reserve')
    .input(reserveSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.reserveSalesOrder(ctx.scope, input)),
  ship: commandOf(salesOrderKind, 'ship', { size: withManyLines })
    .input(shipSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.shipSalesOrder(ctx.scope, input)),
  revise: commandOf(salesOrderKind, 'revise', { size: withManyLines })
    .input(reviseSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.reviseSalesOrder(ctx.scope, input)),
  deliver: commandOf(salesOrderKind, 'deliver')
    .input(deliverSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.deliverSalesOrder(ctx.scope, input)),
  recordPayment: commandOf(salesOrderKind, 'recordPayment')
    .input(recordPaymentSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.recordPayment(ctx.scope, input)),
  reversePayment: commandOf(salesOrderKind, 'reversePayment')
    .input(reversePaymentSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.reversePayment(ctx.scope, input)),
  closeLine: commandOf(salesOrderKind, 'closeLine')
    .input(closeSalesOrderLineSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.closeSalesOrderLine(ctx.scope, input)),
  close: commandOf(salesOrderKind, 'close')
    .input(closeSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.closeSalesOrder(ctx.scope, input)),
  cancel: commandOf(salesOrderKind, 'cancel')
    .input(cancelSalesOrderSchema)
    .output(salesOrderSchema)
    .mutation(({ ctx, input }) => salesOrders.cancelSalesOrder(ctx.scope, input)),
});
