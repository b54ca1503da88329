import type { TenantScope } from '../ladder/scope.ts';
import { may } from '../permissions/abilities.ts';
import { notFound } from '../ground/problem.ts';
import { readHistory } from './audit/audit.repo.ts';
import { visibleChanges } from './audit/visible-changes.ts';
import type { DocumentKind } from './document-kind.contract.ts';
import type { History } from './history.contract.ts';
import type { Kind } from '../ground/reasons/terms.contract.ts';

/**
 * The history of a document, newest first, from the trail: every action with its actor and time.
 * @throws NOT_FOUND for a document that has no trail
 */
export async function historyOf(
  scope: TenantScope,
  kind: DocumentKind<string, never> & { name: Kind },
  id: string,
): Promise<History> {
  const entries = await readHistory(scope.db, kind.name, id);
  if (entries.length === 0) throw notFound(kind);
  return entries.map((entry) => ({
    ...entry,
    changes: visibleChanges(kind, entry.changes, (permission) => may(scope.ability, permission)),
  }));
}
