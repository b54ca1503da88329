import { today } from '../../ground/days.contract.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import type { Dashboard } from './dashboard.contract.ts';
import { dashboardFigures } from './dashboard.repo.ts';

/** The figures of the first screen. What the reader may not see is taken out by the field rules. */
export async function dashboard(scope: TenantScope): Promise<Dashboard> {
  return { at: new Date().toISOString(), ...(await dashboardFigures(scope.db, today())) };
}
