/**
 * The tables of a tenant's database as Kysely sees them, written by `npm run schema` from migrations/domain; not by hand.
 * numeric, date and timestamptz travel as strings: decimals stay exact, days stay days, instants are ISO 8601 in UTC.
 */
import type { JsonColumn } from './json-column.ts';
import type { ColumnType, GeneratedAlways } from 'kysely';

export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U>
    ? ColumnType<S, I | undefined, U>
    : ColumnType<T, T | undefined, T>;

export interface AuditLog {
  action: string;
  actor: string | null;
  at: Generated<string>;
  changes: Generated<JsonColumn>;
  id: Generated<string>;
  origin: string | null;
  record_id: string | null;
  record_kind: string;
  record_label: string | null;
  request_id: string | null;
  tenant_id: Generated<string>;
  user_id: string | null;
}

export interface Bins {
  code: string;
  created_at: Generated<string>;
  created_by: string | null;
  id: string;
  is_default: Generated<boolean>;
  kind: Generated<string>;
  name: string | null;
  status: Generated<string>;
  tenant_id: Generated<string>;
  updated_at: Generated<string>;
  updated_by: string | null;
  version: Generated<number>;
  warehouse_id: string;
}

export interface Customers {
  attributes: Generated<JsonColumn>;
  billing_address: Generated<JsonColumn>;
  code: string;
  contact_name: string | null;
  created_at: Generated<string>;
  created_by: string | null;
  credit_limit: string | null;
  email: string | null;
  gst_registration: Generated<string>;
  gstin: string | null;
  id: string;
  name: string;
  outstanding: Generated<string>;
  payment_terms_days: Generated<number>;
  phone: string | null;
  search_text: Generated<string>;
  shipping_address: Generated<JsonColumn>;
  status: Generated<string>;
  tenant_id: Generated<string>;
  updated_at: Generated<string>;
  updated_by: string | null;
  version: Generated<number>;
}

export interface Employees {
  aadhaar_hash: string | null;
  aadhaar_last4: string | null;
  address: Generated<JsonColumn>;
  auth_user_id: string | null;
  created_at: Generated<string>;
  created_by: string | null;
  department: string | null;
  designation: string | null;
  email: string;
  employee_code: string;
  id: string;
  joined_on: string | null;
  last_sign_in_at: string | null;
  manager_id: string | null;
  name: string;
  pan_encrypted: string | null;
  pan_masked: string | null;
  permissions: Generated<string[]>;
  phone: string | null;
  preferences: Generated<JsonColumn>;
  roles: Generated<string[]>;
  search_text: Generated<string>;
  status: Generated<string>;
  tenant_id: Generated<string>;
  updated_at: Generated<string>;
  updated_by: string | null;
  version: Generated<number>;
}

export interface GoodsReceiptLines {
  bin_id: string | null;
  expires_on: string | null;
  goods_receipt_id: string;
  id: string;
  lot: string | null;
  movement_id: string | null;
  purchase_order_line_id: string;
  quantity: string;
  tenant_id: Generated<string>;
  unit_cost: string;
  value: string;
}

export interface GoodsReceipts {
  content_hash: Buffer | null;
  created_at: Generated<string>;
  delivery_note: string | null;
  id: string;
  purchase_order_id: string;
  receipt_number: string;
  received_at: string;
  received_by: string | null;
  reversal_reason: string | null;
  reversed_at: string | null;
  reversed_by: string | null;
  tenant_id: Generated<string>;
  warehouse_id: string;
}

export interface IdempotencyKeys {
  answer: JsonColumn | null;
  created_at: Generated<string>;
  key: string;
  procedure: string;
  request_hash: Buffer;
  tenant_id: Generated<string>;
  user_id: string;
}

export interface Inventory {
  avg_cost: GeneratedAlways<string | null>;
  bin_id: string;
  id: Generated<string>;
  last_issued_at: string | null;
  last_movement_at: string | null;
  last_received_at: string | null;
  product_id: string;
  quantity_in_transit: Generated<string>;
  quantity_on_hand: Generated<string>;
  quantity_reserved: Generated<string>;
  tenant_id: Generated<string>;
  updated_at: Generated<string>;
  valuation: Generated<string>;
  version: Generated<number>;
  warehouse_id: string;
}

export interface Lots {
  created_at: Generated<string>;
  expires_on: string | null;
  id: Generated<string>;
  in_stock: Generated<boolean>;
  made_on: string | null;
  number: string;
  number_key: Generated<string>;
  on_hand: Generated<string>;
  product_id: string;
  search_text: Generated<string>;
  status: Generated<string>;
  status_reason: string | null;
  tenant_id: Generated<string>;
  updated_at: Generated<string>;
  updated_by: string | null;
  vendor_lot: string | null;
  version: Generated<number>;
}

export interface LotStock {
  inventory_id: string;
  lot_id: string;
  quantity: Generated<string>;
  settled: Generated<string>;
  tenant_id: Generated<string>;
}

export interface NumberSeries {
  financial_year: string;
  last_number: Generated<number>;
  series: string;
  tenant_id: Generated<string>;
}

export interface Payments {
  amount: string;
  content_hash: Buffer | null;
  created_at: Generated<string>;
  id: string;
  paid_on: string;
  recorded_by: string | null;
  reference: string | null;
  reversal_reason: string | null;
  reversed_at: string | null;
  reversed_by: string | null;
  sales_order_id: string;
  tenant_id: Generated<string>;
}

export interface ProductBarcodes {
  barcode: string;
  product_id: string;
  tenant_id: Generated<string>;
}

export interface Products {
  attributes: Generated<JsonColumn>;
  category: Generated<string>;
  created_at: Generated<string>;
  created_by: string | null;
  description: string | null;
  hsn_code: string;
  id: string;
  kind: Generated<string>;
  name: string;
  purchase_price: Generated<string>;
  receipt_tolerance_percent: string | null;
  reorder_level: Generated<string>;
  reorder_quantity: Generated<string>;
  sale_price: Generated<string>;
  search_text: Generated<string>;
  sku: string;
  status: Generated<string>;
  tax_class: string;
  tenant_id: Generated<string>;
  tracks_lots: Generated<boolean>;
  unit: Generated<string>;
  updated_at: Generated<string>;
  updated_by: string | null;
  version: Generated<number>;
}

export interface ProductStock {
  backordered: Generated<string>;
  in_transit: Generated<string>;
  is_short: Generated<boolean>;
  on_hand: Generated<string>;
  product_id: string;
  projected: Generated<string>;
  reorder_level: Generated<string>;
  reserved: Generated<string>;
  tenant_id: Generated<string>;
}

export interface PurchaseOrderLines {
  cancelled: Generated<string>;
  cgst: Generated<string>;
  discount: string;
  discount_percent: Generated<string>;
  hsn_code: string;
  id: string;
  igst: Generated<string>;
  line_number: number;
  net: string;
  note: string | null;
  ordered: string;
  product_id: string;
  purchase_order_id: string;
  received: Generated<string>;
  received_value: Generated<string>;
  sgst: Generated<string>;
  shipping_share: Generated<string>;
  tax_percent: string;
  tenant_id: Generated<string>;
  unit_price: string;
}

export interface PurchaseOrders {
  approved_at: string | null;
  approved_by: string | null;
  approved_by_id: string | null;
  cancelled_value: Generated<string>;
  content_hash: Buffer | null;
  created_at: Generated<string>;
  created_by: string | null;
  discount: string;
  expected_date: string | null;
  id: string;
  inter_state: boolean;
  line_count: number;
  notes: string | null;
  order_date: string;
  po_number: string;
  shipping: string;
  status: Generated<string>;
  status_reason: string | null;
  status_reason_code: string | null;
  submitted_at: string | null;
  submitted_by: string | null;
  submitted_by_id: string | null;
  subtotal: string;
  tax: string;
  tenant_id: Generated<string>;
  total: string;
  updated_at: Generated<string>;
  updated_by: string | null;
  vendor_id: string;
  vendor_reference: string | null;
  version: Generated<number>;
  warehouse_id: string;
}

export interface Roles {
  created_at: Generated<string>;
  created_by: string | null;
  description: string | null;
  id: string;
  key: string;
  name: string;
  permissions: Generated<string[]>;
  tenant_id: Generated<string>;
  updated_at: Generated<string>;
  updated_by: string | null;
  version: Generated<number>;
}

export interface RunningTotals {
  amount: string;
  key: string;
  slot: number;
  tenant_id: Generated<string>;
  total: string;
}

export interface SalesOrderLines {
  backordered: Generated<string>;
  cancelled: Generated<string>;
  cgst: Generated<string>;
  cost_of_goods: Generated<string>;
  discount: string;
  discount_percent: Generated<string>;
  hsn_code: string;
  id: string;
  igst: Generated<string>;
  line_number: number;
  net: string;
  note: string | null;
  ordered: string;
  product_id: string;
  reserved: Generated<string>;
  sales_order_id: string;
  sgst: Generated<string>;
  shipped: Generated<string>;
  shipping_share: Generated<string>;
  tax_percent: string;
  tenant_id: Generated<string>;
  unit_price: string;
}

export interface SalesOrders {
  cancelled_value: Generated<string>;
  confirmed_at: string | null;
  content_hash: Buffer | null;
  created_at: Generated<string>;
  created_by: string | null;
  customer_id: string;
  customer_reference: string | null;
  discount: string;
  id: string;
  inter_state: boolean;
  line_count: number;
  notes: string | null;
  order_date: string;
  paid: Generated<string>;
  payment_status: Generated<string>;
  promised_date: string | null;
  shipping: string;
  so_number: string;
  status: Generated<string>;
  status_reason: string | null;
  subtotal: string;
  tax: string;
  tenant_id: Generated<string>;
  total: string;
  updated_at: Generated<string>;
  updated_by: string | null;
  version: Generated<number>;
  warehouse_id: string;
}

export interface ShipmentLines {
  bin_id: string | null;
  cost: string;
  id: string;
  movement_id: string | null;
  quantity: string;
  sales_order_line_id: string;
  shipment_id: string;
  tenant_id: Generated<string>;
}

export interface Shipments {
  carrier: string | null;
  content_hash: Buffer | null;
  created_at: Generated<string>;
  id: string;
  mode: string;
  sales_order_id: string;
  shipment_number: string;
  shipped_at: string;
  shipped_by: string | null;
  tenant_id: Generated<string>;
  tracking_number: string | null;
  warehouse_id: string;
}

export interface StockMovements {
  actor: string | null;
  bin_id: string;
  content_hash: Buffer | null;
  document_id: string | null;
  document_kind: string;
  document_line_id: string | null;
  document_number: string | null;
  expires_on: string | null;
  id: string;
  kind: string;
  lot: string | null;
  note: string | null;
  occurred_at: string;
  posted_at: Generated<string>;
  product_id: string;
  quantity: string;
  quantity_after: string;
  reason: string | null;
  reverses: string | null;
  sequence: GeneratedAlways<string>;
  tenant_id: Generated<string>;
  unit_cost: string;
  user_id: string | null;
  value: string;
  value_after: string;
  warehouse_id: string;
}

export interface StockReservations {
  inventory_id: string;
  quantity: string;
  sales_order_line_id: string;
  tenant_id: Generated<string>;
}

export interface TaxRates {
  rate_percent: string;
  tax_class: string;
  tenant_id: Generated<string>;
  valid_from: string;
}

export interface TenantIdentity {
  login_role: string;
  only_row: Generated<boolean>;
  slug: string;
  tenant_id: string;
}

export interface TenantSettings {
  address: Generated<JsonColumn>;
  approval_threshold: Generated<string>;
  currency: Generated<string>;
  gstin: string | null;
  legal_name: string;
  receipt_tolerance_percent: Generated<string>;
  second_factor: Generated<'nobody' | 'roles' | 'everyone'>;
  second_factor_roles: Generated<string[]>;
  tenant_id: Generated<string>;
  update_hour: number | null;
  update_weekday: number | null;
  updated_at: Generated<string>;
  updated_by: string | null;
  version: Generated<number>;
}

export interface Vendors {
  address: Generated<JsonColumn>;
  attributes: Generated<JsonColumn>;
  bank_details_encrypted: string | null;
  code: string;
  contact_name: string | null;
  created_at: Generated<string>;
  created_by: string | null;
  currency: Generated<string>;
  email: string | null;
  gst_registration: Generated<string>;
  gstin: string | null;
  id: string;
  lead_time_days: Generated<number>;
  name: string;
  pan: string | null;
  payment_terms_days: Generated<number>;
  phone: string | null;
  rating: number | null;
  search_text: Generated<string>;
  status: Generated<string>;
  tenant_id: Generated<string>;
  total_orders: Generated<number>;
  total_spent: Generated<string>;
  updated_at: Generated<string>;
  updated_by: string | null;
  version: Generated<number>;
}

export interface Warehouses {
  address: Generated<JsonColumn>;
  code: string;
  created_at: Generated<string>;
  created_by: string | null;
  id: string;
  name: string;
  search_text: Generated<string>;
  status: Generated<string>;
  tenant_id: Generated<string>;
  updated_at: Generated<string>;
  updated_by: string | null;
  version: Generated<number>;
}

export interface TenantDatabase {
  audit_log: AuditLog;
  bins: Bins;
  customers: Customers;
  employees: Employees;
  goods_receipt_lines: GoodsReceiptLines;
  goods_receipts: GoodsReceipts;
  idempotency_keys: IdempotencyKeys;
  inventory: Inventory;
  lot_stock: LotStock;
  lots: Lots;
  number_series: NumberSeries;
  payments: Payments;
  product_barcodes: ProductBarcodes;
  product_stock: ProductStock;
  products: Products;
  purchase_order_lines: PurchaseOrderLines;
  purchase_orders: PurchaseOrders;
  roles: Roles;
  running_totals: RunningTotals;
  sales_order_lines: SalesOrderLines;
  sales_orders: SalesOrders;
  shipment_lines: ShipmentLines;
  shipments: Shipments;
  stock_movements: StockMovements;
  stock_reservations: StockReservations;
  tax_rates: TaxRates;
  tenant_identity: TenantIdentity;
  tenant_settings: TenantSettings;
  vendors: Vendors;
  warehouses: Warehouses;
}
