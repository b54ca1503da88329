import { z } from 'zod';
import { moneyOutSchema, quantityOutSchema, idSchema, instantSchema } from '../../ground/record.contract.ts';
import { visibleCost, visibleWith } from '../../permissions/visible-with.contract.ts';

const placeSchema = z.object({
  code: z.string(),
  name: z.string(),
  value: visibleCost(moneyOutSchema),
  products: z.int(),
});
const lowStockSchema = z.object({
  productId: idSchema,
  sku: z.string(),
  name: z.string(),
  projected: quantityOutSchema,
  reorderLevel: quantityOutSchema,
});
const toReceiveSchema = z.object({
  id: idSchema,
  poNumber: z.string(),
  vendorName: z.string(),
  expectedDate: z.string().nullable(),
  overdue: z.boolean(),
});

/** The figures of the first screen, in one answer. A figure the person may not see is null. */
export const dashboardSchema = z.object({
  at: instantSchema,
  stockValue: visibleCost(moneyOutSchema),
  productsBelowReorderLevel: visibleWith('inventory:read', z.int()),
  openPurchaseOrders: visibleWith('purchase_orders:read', z.int()),
  purchaseOrdersToApprove: visibleWith('purchase_orders:read', z.int()),
  overdueDeliveries: visibleWith('purchase_orders:read', z.int()),
  ordersToShip: visibleWith('sales_orders:read', z.int()),
  backorderedLines: visibleWith('sales_orders:read', z.int()),
  /** Twelve months, oldest first, in the tenant's financial calendar. */
  months: z.array(
    z.object({
      month: z.string(),
      purchased: visibleCost(moneyOutSchema),
      sold: visibleWith('reports:read', moneyOutSchema),
    }),
  ),
  stockByWarehouse: visibleWith('inventory:read', z.array(placeSchema)),
  lowStock: visibleWith('inventory:read', z.array(lowStockSchema)),
  toReceive: visibleWith('purchase_orders:read', z.array(toReceiveSchema)),
});
export type DashboardPlace = z.output<typeof placeSchema>;
export type LowStockProduct = z.output<typeof lowStockSchema>;
export type OrderToReceive = z.output<typeof toReceiveSchema>;
export type Dashboard = z.output<typeof dashboardSchema>;
