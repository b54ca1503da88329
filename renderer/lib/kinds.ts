import { kindNamed } from '../../server/domains/kinds.contract.ts';

/** Where a record is shown; null where it has no screen of its own, or belongs to nothing that is described. */
export function pathOf(kind: string, id: string | null): string | null {
  const list = kindNamed(kind)?.path;
  return list && id !== null ? `${list}/${id}` : null;
}
