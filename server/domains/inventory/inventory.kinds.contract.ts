import type { RecordKind } from '../../documents/record-kind.contract.ts';
import { movementRowSchema, movementTrail } from './inventory.contract.ts';

export const stockMovementKind = {
  name: 'stock_movement',
  readWith: 'inventory:read',
  schema: movementRowSchema,
  trail: movementTrail,
  actions: ['adjust', 'reverse'],
  path: null,
  rights: { adjust: 'inventory:adjust' },
} as const satisfies RecordKind;
