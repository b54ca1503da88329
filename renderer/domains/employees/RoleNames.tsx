import { useRoleWords } from '../../lib/role-words.ts';

/** What roles are called. */
export function RoleNames({ keys }: { keys: readonly string[] }) {
  return useRoleWords()(keys);
}
