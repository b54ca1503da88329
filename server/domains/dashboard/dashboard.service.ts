import { today } from '../../ground/days.contract.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import type { Dashboard } from './dashboard.contract.ts';
import { dashboardFigures } from './dashboard.repo.ts';

/** The figures of the first screen. Field rules remove those that the reader may not see. */
export async function dashboard(scope: TenantScope): Promise<Dashboard> {
  return { at: new Date().toISOString(), ...(await dashboardFigures(scope.db, today())) };
}
