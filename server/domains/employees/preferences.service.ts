import type { Language } from '../../ground/languages.contract.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { keepPreferences } from './employees.repo.ts';

/** Keeps the language of the person's own screens; `auth.me` gives it on every computer from then on. */
export async function chooseLanguage(
  scope: TenantScope,
  language: Language,
): Promise<{ language: Language }> {
  await keepPreferences(scope.db, scope.actor.employeeId, { language });
  scope.signIns.permissionsChanged();
  return { language };
}
