import type { MasterKind } from '../../documents/record-kind.contract.ts';
import { settingsSchema, settingsTrail } from './settings.contract.ts';

/** There is one record of them, made with the company. */
export const settingsKind = {
  name: 'settings',
  readWith: 'settings:read',
  createWith: 'settings:manage',
  updateWith: 'settings:manage',
  schema: settingsSchema,
  trail: settingsTrail,
  path: null,
  joined: ['gstin', 'address', 'approvalThreshold', 'receiptTolerancePercent'],
} as const satisfies MasterKind;
