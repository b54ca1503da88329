import type { TenantScope } from '../../ladder/scope.ts';
import { may } from '../../permissions/abilities.ts';
import type { FindInput, FindResult } from './search.contract.ts';
import { findRecords } from './search.repo.ts';

/** Finds records by typed or scanned text, of the kinds the person may read. */
export function find(scope: TenantScope, input: FindInput): Promise<FindResult> {
  return findRecords(scope.db, input.text, input.limit, (permission) => may(scope.ability, permission));
}
