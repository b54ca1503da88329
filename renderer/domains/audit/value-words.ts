import { t } from '@lingui/core/macro';
import type { z } from 'zod';
import {
  movementDocumentKinds,
  type MovementDocumentKind,
} from '../../../server/domains/inventory/inventory.contract.ts';
import { fieldsIn, meaningOf, trailSchemaOf } from '../../../server/documents/audit/trail.contract.ts';
import { kindNamed, type KindName } from '../../../server/domains/kinds.contract.ts';
import { keptAdjustment } from '../../../server/domains/inventory/adjustment-reasons.contract.ts';
import { lotKind, stockMovementKind } from '../../../server/domains/inventory/inventory.kinds.contract.ts';
import { purchaseOrderKind } from '../../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
import {
  earlierReason,
  type StatusReasonCode,
} from '../../../server/domains/purchase-orders/status-reason.contract.ts';
import { roleKind } from '../../../server/domains/roles/roles.kinds.contract.ts';
import type { Measure } from '../../../server/ground/record.contract.ts';
import { permissions } from '../../../server/permissions/permissions.contract.ts';
import { gstRegistrationWords, recordStates } from '../../lib/party-words.ts';
import { permissionWords, roleName, roleWords } from '../../lib/role-words.ts';
import { stateWords } from '../../lib/state-words.ts';
import { formatMoney, formatPercent, formatQuantity, formatUnitPrice } from '../../ui/formats.ts';
import { formatDay, formatInstant } from '../../ui/moments.ts';
import { documentNamed } from '../documents.ts';
import { lotStateWords } from '../inventory/lot-words.ts';
import { movementWords, adjustmentWords } from '../inventory/movement-words.ts';
import { kindWord } from '../kind-words.ts';
import { unitWords } from '../products/unit-words.ts';
import { statusReasonWords } from '../purchase-orders/status-reason-words.ts';
import { paymentStateWords, shipmentModeWords } from '../sales-orders/sales-order-words.ts';
import { secondStepWords } from '../settings/SecondStepFields.tsx';
import { hourWords, weekdayWords } from '../settings/UpdateDeferralFields.tsx';
import { binKindWords } from '../warehouses/bin-words.ts';

type Words = Readonly<Record<string, string | { label: string }>>;

const productKinds: Words = { tracked: t`Kept in stock`, service: t`Service` };

/** The causes of movements besides records of a kind. */
const stockActions: Readonly<Record<Exclude<MovementDocumentKind, KindName>, string>> = {
  adjustment: t`Adjustment`,
  transfer: t`Transfer`,
  count: t`Count`,
  opening: t`Opening stock`,
};
const movementDocumentWords: Words = {
  ...Object.fromEntries(movementDocumentKinds.map((kind) => [kind, kindWord(kind)])),
  ...stockActions,
};

/** With `revised` stand a person's own words. */
const statusReasonCodeWords: Words = {
  total_rose: statusReasonWords({ code: 'total_rose', note: null }) ?? '',
  revised: t`Revised`,
} satisfies Record<StatusReasonCode, string>;

/** The fields of an employee that can be revealed. */
const revealedFields: Words = { pan: t`PAN` };

/** Documents and lots say their states in words of their own; all other records are in use or not. */
const statesOf = (kind: string): Words =>
  documentNamed(kind)?.states ?? (kind === lotKind.name ? lotStateWords : recordStates);

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
    case 'field':
      return revealedFields;
    case 'secondFactor':
      return secondStepWords;
    case 'weekday':
      return weekdayWords;
    case 'hour':
      return hourWords;
    case 'stateCode':
    case 'placeOfSupply':
      return stateWords;
    case 'statusReasonCode':
      return statusReasonCodeWords;
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

const decimal = /^-?\d+(\.\d+)?$/;
const day = /^\d{4}-\d\d-\d\d$/;
const instant = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/;

const measures: Readonly<
  Record<Exclude<Measure, object>, { of: RegExp; written: (value: string) => string }>
> = {
  money: { of: decimal, written: formatMoney },
  unitPrice: { of: decimal, written: formatUnitPrice },
  quantity: { of: decimal, written: formatQuantity },
  percent: { of: decimal, written: formatPercent },
  day: { of: day, written: formatDay },
  instant: { of: instant, written: formatInstant },
};

/** Where a value stands: the record, the field, and what the description of the record says of it. */
export interface Place {
  kind: string;
  field: string;
  schema: z.core.$ZodType | undefined;
  /** The names of records, by their ids. */
  names: Readonly<Record<string, string>>;
}

/** The place of a field of a record, as the trail of its kind describes it. */
export function placeOf(kind: string, field: string, names: Readonly<Record<string, string>> = {}): Place {
  const described = kindNamed(kind);
  const shape = described ? trailSchemaOf(described).shape : {};
  return { kind, field, schema: Object.hasOwn(shape, field) ? shape[field] : undefined, names };
}

/** The place of a field inside of another. */
export function placeIn(place: Place, field: string): Place {
  const fields = fieldsIn(place.schema);
  return { ...place, field, schema: Object.hasOwn(fields, field) ? fields[field] : undefined };
}

/** The name of another record that a value refers to by its id. */
function recordName({ names }: Place, kind: string, id: string): string {
  if (kind === roleKind.name)
    return names[id] === undefined ? roleWords(id) : roleName({ key: id, name: names[id] });
  return names[id] ?? t`Removed, or not yours to see`;
}

/** Sentences that the system wrote in English before it kept codes. */
function earlierWords(kind: string, field: string, value: string): string | null {
  if (kind === purchaseOrderKind.name && field === 'statusReason')
    return statusReasonWords(earlierReason(value));
  if (kind === stockMovementKind.name && field === 'reason') return adjustmentWords(keptAdjustment(value));
  return null;
}

/** One text of the audit trail as the screens show it: states and choices in words, amounts, quantities and days written out. */
export function valueWords(place: Place, value: string): string {
  const { kind, field } = place;
  const earlier = earlierWords(kind, field, value);
  if (earlier !== null) return earlier;
  const choice = choicesOf(kind, field)?.[value];
  if (choice !== undefined) return typeof choice === 'string' ? choice : choice.label;
  const meaning = meaningOf(place.schema);
  if (typeof meaning === 'object') return recordName(place, meaning.idOf, value);
  if (meaning !== undefined && measures[meaning].of.test(value)) return measures[meaning].written(value);
  if (day.test(value)) return formatDay(value);
  if (instant.test(value)) return formatInstant(value);
  const permission = permissions.find((one) => one === value);
  if (permission !== undefined) {
    const { resource, action } = permissionWords(permission);
    return `${resource}: ${action}`;
  }
  return value;
}
