import { z } from 'zod';

/** What the tenant's audit trail tells of. */
export const auditedKinds = [
  'vendor',
  'product',
  'customer',
  'warehouse',
  'bin',
  'purchase_order',
  'goods_receipt',
  'sales_order',
  'shipment',
  'payment',
  'stock_movement',
  'employee',
  'role',
  'settings',
] as const;
export const auditedKindSchema = z.enum(auditedKinds);
export type AuditedKind = z.infer<typeof auditedKindSchema>;

/** What happened to one field; `before` is null for what is new, `after` for what is gone. */
export const fieldChangeSchema = z.object({ before: z.unknown(), after: z.unknown() });
export type FieldChange = z.infer<typeof fieldChangeSchema>;
export type Changes = Record<string, FieldChange>;
