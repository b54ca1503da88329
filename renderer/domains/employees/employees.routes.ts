import { screenRoutes } from '../../lib/screen-routes.ts';

export const employeeRoutes = screenRoutes([
  {
    path: '/employees',
    title: 'Employees',
    permission: 'employees:read',
    load: async () => (await import('./EmployeeList.tsx')).EmployeeList,
  },
  {
    path: '/employees/new',
    title: 'New employee',
    permission: 'employees:create',
    load: async () => (await import('./EmployeeForms.tsx')).NewEmployee,
  },
  {
    path: '/employees/$id',
    title: 'Employee',
    permission: 'employees:read',
    load: async () => (await import('./EmployeeScreen.tsx')).EmployeeScreen,
  },
  {
    path: '/employees/$id/edit',
    title: 'Edit employee',
    permission: 'employees:update',
    load: async () => (await import('./EmployeeForms.tsx')).EditEmployee,
  },
]);
