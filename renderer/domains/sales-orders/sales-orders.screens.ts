import { t } from '@lingui/core/macro';
import { IconFileInvoice } from '@tabler/icons-react';
import { salesOrderKind } from '../../../server/domains/sales-orders/sales-orders.kinds.contract.ts';
import { documentRoutes } from '../../documents/document-routes.ts';
import { documentScreens } from '../../documents/document-screens.ts';
import { salesOrderStateWords } from './sales-order-words.ts';

const routes = documentRoutes(
  salesOrderKind,
  {
    list: {
      title: t`Sales orders`,
      load: async () => (await import('./SalesOrderList.tsx')).SalesOrderList,
    },
    create: {
      title: t`New sales order`,
      load: async () => (await import('./SalesOrderForms.tsx')).NewSalesOrder,
    },
    page: {
      title: t`Sales order`,
      load: async () => (await import('./SalesOrderScreen.tsx')).SalesOrderScreen,
    },
    edit: {
      title: t`Edit sales order`,
      load: async () => (await import('./SalesOrderForms.tsx')).EditSalesOrder,
    },
  },
  {
    ship: {
      title: t`Ship goods`,
      load: async () => (await import('./ShipScreen.tsx')).ShipScreen,
    },
  },
);

export const screens = documentScreens({
  kind: salesOrderKind,
  word: t`Sales order`,
  states: salesOrderStateWords,
  routes,
  place: {
    area: 'sales',
    label: t`Sales orders`,
    icon: IconFileInvoice,
    jump: 's',
    create: t`New sales order`,
  },
});
