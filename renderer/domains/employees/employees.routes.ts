import { t } from '@lingui/core/macro';
import { employeeKind } from '../../../server/domains/employees/employees.kinds.contract.ts';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const employeeRoutes = screenRoutes([
  {
    path: '/employees',
    title: t`Employees`,
    permission: employeeKind.readWith,
    load: async () => (await import('./EmployeeList.tsx')).EmployeeList,
  },
  {
    path: '/employees/new',
    title: t`New employee`,
    permission: employeeKind.createWith,
    load: async () => (await import('./EmployeeForms.tsx')).NewEmployee,
  },
  {
    path: '/employees/$id',
    title: t`Employee`,
    permission: employeeKind.readWith,
    load: async () => (await import('./EmployeeScreen.tsx')).EmployeeScreen,
  },
  {
    path: '/employees/$id/edit',
    title: t`Edit employee`,
    permission: employeeKind.updateWith,
    load: async () => (await import('./EmployeeForms.tsx')).EditEmployee,
  },
]);
