import type { RecordKind } from '../../documents/record-kind.contract.ts';
import { movementRowSchema, movementTrail } from './inventory.contract.ts';
import { lotSchema, lotTrail } from './lots.contract.ts';

export const stockMovementKind = {
  name: 'stock_movement',
  readWith: 'inventory:read',
  schema: movementRowSchema,
  trail: movementTrail,
  actions: ['adjust', 'reverse'],
  path: null,
  rights: { adjust: 'inventory:adjust' },
} as const satisfies RecordKind;

/** Movements make it; people change what is known of it. */
export const lotKind = {
  name: 'lot',
  readWith: 'inventory:read',
  schema: lotSchema,
  trail: lotTrail,
  actions: ['update', 'set_status', 'recall'],
  path: '/lots',
  rights: { change: 'lots:update', recall: 'lots:recall' },
} as const satisfies RecordKind;
