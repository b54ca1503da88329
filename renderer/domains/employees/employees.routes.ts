import { t } from '@lingui/core/macro';
import { screenRoutes } from '../../lib/screen-routes.ts';

export const employeeRoutes = screenRoutes([
  {
    path: '/employees',
    title: t`Employees`,
    permission: 'employees:read',
    load: async () => (await import('./EmployeeList.tsx')).EmployeeList,
  },
  {
    path: '/employees/new',
    title: t`New employee`,
    permission: 'employees:create',
    load: async () => (await import('./EmployeeForms.tsx')).NewEmployee,
  },
  {
    path: '/employees/$id',
    title: t`Employee`,
    permission: 'employees:read',
    load: async () => (await import('./EmployeeScreen.tsx')).EmployeeScreen,
  },
  {
    path: '/employees/$id/edit',
    title: t`Edit employee`,
    permission: 'employees:update',
    load: async () => (await import('./EmployeeForms.tsx')).EditEmployee,
  },
]);
