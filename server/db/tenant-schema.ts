import type { ColumnType, Generated, GeneratedAlways } from 'kysely';

/**
 * The tables of a tenant's database as Kysely sees them (migrations/domain/*.sql).
 * numeric, date and timestamptz travel as strings: decimals stay exact, days stay days, instants are ISO 8601 in UTC.
 */
type Json<T> = ColumnType<T, string | undefined, string>;

export interface AuditLogTable {
  id: Generated<string>;
  tenant_id: Generated<string>;
  at: Generated<string>;
  user_id: string | null;
  actor: string | null;
  action: string;
  record_kind: string;
  record_id: string | null;
  record_label: string | null;
  changes: Json<Record<string, unknown>>;
  origin: string | null;
  request_id: string | null;
}

export interface BinsTable {
  id: string;
  tenant_id: Generated<string>;
  warehouse_id: string;
  code: string;
  name: string | null;
  kind: Generated<string>;
  is_default: Generated<boolean>;
  status: Generated<string>;
  version: Generated<number>;
  created_at: Generated<string>;
  created_by: string | null;
  updated_at: Generated<string>;
  updated_by: string | null;
}

export interface CustomersTable {
  id: string;
  tenant_id: Generated<string>;
  code: string;
  name: string;
  contact_name: string | null;
  email: string | null;
  phone: string | null;
  gst_registration: Generated<string>;
  gstin: string | null;
  billing_address: Json<Record<string, unknown>>;
  shipping_address: Json<Record<string, unknown>>;
  payment_terms_days: Generated<number>;
  credit_limit: string | null;
  outstanding: Generated<string>;
  status: Generated<string>;
  attributes: Json<Record<string, unknown>>;
  version: Generated<number>;
  created_at: Generated<string>;
  created_by: string | null;
  updated_at: Generated<string>;
  updated_by: string | null;
}

export interface EmployeesTable {
  id: string;
  tenant_id: Generated<string>;
  employee_code: string;
  name: string;
  email: string;
  phone: string | null;
  department: string | null;
  designation: string | null;
  manager_id: string | null;
  joined_on: string | null;
  address: Json<Record<string, unknown>>;
  roles: Generated<string[]>;
  permissions: Generated<string[]>;
  auth_user_id: string | null;
  pan_encrypted: string | null;
  pan_masked: string | null;
  aadhaar_last4: string | null;
  aadhaar_hash: string | null;
  last_sign_in_at: string | null;
  preferences: Json<Record<string, unknown>>;
  status: Generated<string>;
  version: Generated<number>;
  created_at: Generated<string>;
  created_by: string | null;
  updated_at: Generated<string>;
  updated_by: string | null;
}

export interface GoodsReceiptLinesTable {
  id: string;
  tenant_id: Generated<string>;
  goods_receipt_id: string;
  purchase_order_line_id: string;
  bin_id: string | null;
  quantity: string;
  unit_cost: string;
  value: string;
  lot: string | null;
  expires_on: string | null;
  movement_id: string | null;
}

export interface GoodsReceiptsTable {
  id: string;
  tenant_id: Generated<string>;
  receipt_number: string;
  purchase_order_id: string;
  warehouse_id: string;
  received_at: string;
  received_by: string | null;
  delivery_note: string | null;
  content_hash: Buffer | null;
  created_at: Generated<string>;
}

export interface IdempotencyKeysTable {
  tenant_id: Generated<string>;
  user_id: string;
  procedure: string;
  key: string;
  request_hash: Buffer;
  answer: ColumnType<unknown, string | null | undefined, string | null>;
  created_at: Generated<string>;
}

export interface InventoryTable {
  id: Generated<string>;
  tenant_id: Generated<string>;
  product_id: string;
  warehouse_id: string;
  bin_id: string;
  quantity_on_hand: Generated<string>;
  quantity_reserved: Generated<string>;
  quantity_in_transit: Generated<string>;
  valuation: Generated<string>;
  avg_cost: GeneratedAlways<string | null>;
  last_movement_at: string | null;
  last_received_at: string | null;
  last_issued_at: string | null;
  version: Generated<number>;
  updated_at: Generated<string>;
}

export interface NumberSeriesTable {
  tenant_id: Generated<string>;
  series: string;
  financial_year: string;
  last_number: Generated<number>;
}

export interface PaymentsTable {
  id: string;
  tenant_id: Generated<string>;
  sales_order_id: string;
  amount: string;
  paid_on: string;
  reference: string | null;
  recorded_by: string | null;
  content_hash: Buffer | null;
  created_at: Generated<string>;
}

export interface ProductBarcodesTable {
  tenant_id: Generated<string>;
  barcode: string;
  product_id: string;
}

export interface ProductsTable {
  id: string;
  tenant_id: Generated<string>;
  sku: string;
  name: string;
  description: string | null;
  category: Generated<string>;
  kind: Generated<string>;
  unit: Generated<string>;
  purchase_price: Generated<string>;
  sale_price: Generated<string>;
  hsn_code: string;
  tax_class: string;
  reorder_level: Generated<string>;
  reorder_quantity: Generated<string>;
  tracks_lots: Generated<boolean>;
  receipt_tolerance_percent: string | null;
  status: Generated<string>;
  attributes: Json<Record<string, unknown>>;
  search_text: GeneratedAlways<string>;
  version: Generated<number>;
  created_at: Generated<string>;
  created_by: string | null;
  updated_at: Generated<string>;
  updated_by: string | null;
}

export interface PurchaseOrderLinesTable {
  id: string;
  tenant_id: Generated<string>;
  purchase_order_id: string;
  line_number: number;
  product_id: string;
  hsn_code: string;
  ordered: string;
  received: Generated<string>;
  cancelled: Generated<string>;
  unit_price: string;
  discount_percent: Generated<string>;
  discount: string;
  tax_percent: string;
  net: string;
  cgst: Generated<string>;
  sgst: Generated<string>;
  igst: Generated<string>;
  shipping_share: Generated<string>;
  received_value: Generated<string>;
  note: string | null;
}

export interface PurchaseOrdersTable {
  id: string;
  tenant_id: Generated<string>;
  po_number: string;
  status: Generated<string>;
  vendor_id: string;
  warehouse_id: string;
  order_date: string;
  expected_date: string | null;
  vendor_reference: string | null;
  notes: string | null;
  inter_state: boolean;
  subtotal: string;
  discount: string;
  tax: string;
  shipping: string;
  total: string;
  line_count: number;
  cancelled_value: Generated<string>;
  submitted_by_id: string | null;
  submitted_by: string | null;
  submitted_at: string | null;
  approved_by_id: string | null;
  approved_by: string | null;
  approved_at: string | null;
  status_reason: string | null;
  content_hash: Buffer | null;
  version: Generated<number>;
  created_at: Generated<string>;
  created_by: string | null;
  updated_at: Generated<string>;
  updated_by: string | null;
}

export interface RolesTable {
  id: string;
  tenant_id: Generated<string>;
  key: string;
  name: string;
  description: string | null;
  permissions: Generated<string[]>;
  version: Generated<number>;
  created_at: Generated<string>;
  created_by: string | null;
  updated_at: Generated<string>;
  updated_by: string | null;
}

export interface SalesOrderLinesTable {
  id: string;
  tenant_id: Generated<string>;
  sales_order_id: string;
  line_number: number;
  product_id: string;
  hsn_code: string;
  ordered: string;
  reserved: Generated<string>;
  shipped: Generated<string>;
  cancelled: Generated<string>;
  backordered: Generated<string>;
  unit_price: string;
  discount_percent: Generated<string>;
  discount: string;
  tax_percent: string;
  net: string;
  cgst: Generated<string>;
  sgst: Generated<string>;
  igst: Generated<string>;
  cost_of_goods: Generated<string>;
  note: string | null;
}

export interface SalesOrdersTable {
  id: string;
  tenant_id: Generated<string>;
  so_number: string;
  status: Generated<string>;
  payment_status: Generated<string>;
  customer_id: string;
  warehouse_id: string;
  order_date: string;
  promised_date: string | null;
  customer_reference: string | null;
  notes: string | null;
  inter_state: boolean;
  subtotal: string;
  discount: string;
  tax: string;
  shipping: string;
  total: string;
  paid: Generated<string>;
  line_count: number;
  cancelled_value: Generated<string>;
  confirmed_at: string | null;
  status_reason: string | null;
  content_hash: Buffer | null;
  version: Generated<number>;
  created_at: Generated<string>;
  created_by: string | null;
  updated_at: Generated<string>;
  updated_by: string | null;
}

export interface ShipmentLinesTable {
  id: string;
  tenant_id: Generated<string>;
  shipment_id: string;
  sales_order_line_id: string;
  bin_id: string | null;
  quantity: string;
  cost: string;
  movement_id: string | null;
}

export interface ShipmentsTable {
  id: string;
  tenant_id: Generated<string>;
  shipment_number: string;
  sales_order_id: string;
  warehouse_id: string;
  shipped_at: string;
  shipped_by: string | null;
  mode: string;
  tracking_number: string | null;
  carrier: string | null;
  content_hash: Buffer | null;
  created_at: Generated<string>;
}

export interface StockMovementsTable {
  id: string;
  tenant_id: Generated<string>;
  sequence: GeneratedAlways<string>;
  product_id: string;
  warehouse_id: string;
  bin_id: string;
  lot: string | null;
  expires_on: string | null;
  kind: string;
  quantity: string;
  unit_cost: string;
  value: string;
  quantity_after: string;
  value_after: string;
  document_kind: string;
  document_id: string | null;
  document_number: string | null;
  document_line_id: string | null;
  reason: string | null;
  reverses: string | null;
  content_hash: Buffer | null;
  occurred_at: string;
  posted_at: Generated<string>;
  user_id: string | null;
  actor: string | null;
}

export interface StockReservationsTable {
  tenant_id: Generated<string>;
  sales_order_line_id: string;
  inventory_id: string;
  quantity: string;
}

export interface TaxRatesTable {
  tenant_id: Generated<string>;
  tax_class: string;
  valid_from: string;
  rate_percent: string;
}

export interface TenantIdentityTable {
  only_row: Generated<boolean>;
  tenant_id: string;
  slug: string;
  login_role: string;
}

export interface TenantSettingsTable {
  tenant_id: Generated<string>;
  legal_name: string;
  gstin: string | null;
  address: Json<Record<string, unknown>>;
  currency: Generated<string>;
  approval_threshold: Generated<string>;
  receipt_tolerance_percent: Generated<string>;
  /** Not there in a tenant that is one migration behind. */
  second_factor?: Generated<'nobody' | 'roles' | 'everyone'>;
  second_factor_roles?: Generated<string[]>;
  version: Generated<number>;
  updated_at: Generated<string>;
  updated_by: string | null;
}

export interface VendorsTable {
  id: string;
  tenant_id: Generated<string>;
  code: string;
  name: string;
  contact_name: string | null;
  email: string | null;
  phone: string | null;
  address: Json<Record<string, unknown>>;
  gst_registration: Generated<string>;
  gstin: string | null;
  pan: string | null;
  payment_terms_days: Generated<number>;
  lead_time_days: Generated<number>;
  currency: Generated<string>;
  bank_details_encrypted: string | null;
  rating: number | null;
  total_orders: Generated<number>;
  total_spent: Generated<string>;
  status: Generated<string>;
  attributes: Json<Record<string, unknown>>;
  version: Generated<number>;
  created_at: Generated<string>;
  created_by: string | null;
  updated_at: Generated<string>;
  updated_by: string | null;
}

export interface WarehousesTable {
  id: string;
  tenant_id: Generated<string>;
  code: string;
  name: string;
  address: Json<Record<string, unknown>>;
  status: Generated<string>;
  version: Generated<number>;
  created_at: Generated<string>;
  created_by: string | null;
  updated_at: Generated<string>;
  updated_by: string | null;
}

export interface TenantDatabase {
  audit_log: AuditLogTable;
  bins: BinsTable;
  customers: CustomersTable;
  employees: EmployeesTable;
  goods_receipt_lines: GoodsReceiptLinesTable;
  goods_receipts: GoodsReceiptsTable;
  idempotency_keys: IdempotencyKeysTable;
  inventory: InventoryTable;
  number_series: NumberSeriesTable;
  payments: PaymentsTable;
  product_barcodes: ProductBarcodesTable;
  products: ProductsTable;
  purchase_order_lines: PurchaseOrderLinesTable;
  purchase_orders: PurchaseOrdersTable;
  roles: RolesTable;
  sales_order_lines: SalesOrderLinesTable;
  sales_orders: SalesOrdersTable;
  shipment_lines: ShipmentLinesTable;
  shipments: ShipmentsTable;
  stock_movements: StockMovementsTable;
  stock_reservations: StockReservationsTable;
  tax_rates: TaxRatesTable;
  tenant_identity: TenantIdentityTable;
  tenant_settings: TenantSettingsTable;
  vendors: VendorsTable;
  warehouses: WarehousesTable;
}
