import type { RecordKind } from '../../documents/record-kind.contract.ts';
import { movementRowSchema } from './inventory.contract.ts';

export const stockMovementKind = {
  name: 'stock_movement',
  readWith: 'inventory:read',
  schema: movementRowSchema,
  path: null,
  rights: { adjust: 'inventory:adjust' },
} as const satisfies RecordKind;
