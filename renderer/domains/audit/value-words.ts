import { t } from '@lingui/core/macro';
import {
  movementDocumentKinds,
  type MovementDocumentKind,
} from '../../../server/domains/inventory/inventory.contract.ts';
import type { DocumentName, KindName } from '../../../server/domains/kinds.contract.ts';
import { permissions } from '../../../server/permissions/permissions.contract.ts';
import {
  movementWords,
  paymentStateWords,
  purchaseOrderStateWords,
  salesOrderStateWords,
} from '../../lib/document-words.ts';
import { kindWord } from '../../lib/kinds.ts';
import { gstRegistrationWords, recordStates } from '../../lib/party-words.ts';
import { permissionWords, roleWords } from '../../lib/role-words.ts';
import { stateWords } from '../../lib/state-words.ts';
import {
  formatDay,
  formatInstant,
  formatMoney,
  formatPercent,
  formatQuantity,
  formatUnitPrice,
} from '../../ui/formats.ts';
import { reasonWords } from '../inventory/adjust-values.ts';
import { unitWords } from '../products/unit-words.ts';
import { shipmentModeWords } from '../sales-orders/sales-order-words.ts';
import { secondStepWords } from '../settings/SecondStepFields.tsx';
import { binKindWords } from '../warehouses/bin-words.ts';

type Words = Readonly<Record<string, string | { label: string }>>;

/** A document says its states in words of its own; all other records are in use or not. */
const documentStates: Readonly<Record<DocumentName, Words>> = {
  purchase_order: purchaseOrderStateWords,
  sales_order: salesOrderStateWords,
};

const productKinds: Words = { tracked: t`Kept in stock`, service: t`Service` };

/** What movements belong to besides records of a kind. */
const stockDeeds: Readonly<Record<Exclude<MovementDocumentKind, KindName>, string>> = {
  adjustment: t`Adjustment`,
  transfer: t`Transfer`,
  count: t`Count`,
  opening: t`Opening stock`,
};
const movementDocumentWords: Words = {
  ...Object.fromEntries(movementDocumentKinds.map((kind) => [kind, kindWord(kind)])),
  ...stockDeeds,
};

const statesOf = (kind: string): Words =>
  (documentStates as Partial<Record<string, Words>>)[kind] ?? recordStates;

/** Choices of a closed list, by the field they are made in; `kind` and `reason` mean something else in each record. */
function choicesOf(kind: string, field: string): Words | undefined {
  switch (field) {
    case 'status':
      return statesOf(kind);
    case 'paymentStatus':
      return paymentStateWords;
    case 'gstRegistration':
      return gstRegistrationWords;
    case 'unit':
      return unitWords;
    case 'mode':
      return shipmentModeWords;
    case 'documentKind':
      return movementDocumentWords;
    case 'secondFactor':
      return secondStepWords;
    case 'stateCode':
    case 'placeOfSupply':
      return stateWords;
    case 'reason':
      return kind === 'stock_movement' ? reasonWords : undefined;
    case 'kind':
      return {
        bin: binKindWords,
        warehouse: binKindWords,
        product: productKinds,
        stock_movement: movementWords,
      }[kind];
    default:
      return undefined;
  }
}

const amounts: ReadonlySet<string> = new Set([
  'amount',
  'approvalThreshold',
  'creditLimit',
  'due',
  'givenUp',
  'net',
  'paid',
  'shipping',
  'subtotal',
  'tax',
  'total',
  'value',
]);
const prices: ReadonlySet<string> = new Set([
  'averageCost',
  'purchasePrice',
  'salePrice',
  'unitCost',
  'unitPrice',
]);
const quantities: ReadonlySet<string> = new Set([
  'backordered',
  'cancelled',
  'onHand',
  'open',
  'quantity',
  'received',
  'reorderLevel',
  'reorderQuantity',
  'reserved',
  'shipped',
]);

const decimal = /^-?\d+(\.\d+)?$/;
const day = /^\d{4}-\d\d-\d\d$/;
const instant = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/;

/** One text of the audit trail as the screens show it: states and choices in words, amounts, quantities and days written out. */
export function valueWords(kind: string, field: string, value: string): string {
  const choice = choicesOf(kind, field)?.[value];
  if (choice !== undefined) return typeof choice === 'string' ? choice : choice.label;
  if (decimal.test(value)) {
    if (amounts.has(field)) return formatMoney(value);
    if (prices.has(field)) return formatUnitPrice(value);
    if (quantities.has(field)) return formatQuantity(value);
    if (field.endsWith('Percent')) return formatPercent(value);
  }
  if (day.test(value)) return formatDay(value);
  if (instant.test(value)) return formatInstant(value);
  if (field === 'roles' || field === 'secondFactorRoles') return roleWords(value);
  const permission = permissions.find((one) => one === value);
  if (permission !== undefined) {
    const { resource, action } = permissionWords(permission);
    return `${resource}: ${action}`;
  }
  return value;
}
