import { t } from '@lingui/core/macro';
import { IconClipboardList } from '@tabler/icons-react';
import { purchaseOrderKind } from '../../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
import { documentRoutes } from '../../documents/document-routes.ts';
import { documentScreens } from '../../documents/document-screens.ts';
import { purchaseOrderStateWords } from './purchase-order-words.ts';

const routes = documentRoutes(
  purchaseOrderKind,
  {
    list: {
      title: t`Purchase orders`,
      load: async () => (await import('./PurchaseOrderList.tsx')).PurchaseOrderList,
    },
    create: {
      title: t`New purchase order`,
      load: async () => (await import('./PurchaseOrderForms.tsx')).NewPurchaseOrder,
    },
    page: {
      title: t`Purchase order`,
      load: async () => (await import('./PurchaseOrderScreen.tsx')).PurchaseOrderScreen,
    },
    edit: {
      title: t`Edit purchase order`,
      load: async () => (await import('./PurchaseOrderForms.tsx')).EditPurchaseOrder,
    },
  },
  {
    receive: {
      title: t`Receive goods`,
      load: async () => (await import('./ReceiveScreen.tsx')).ReceiveScreen,
    },
  },
);

export const screens = documentScreens({
  kind: purchaseOrderKind,
  word: t`Purchase order`,
  states: purchaseOrderStateWords,
  routes,
  place: {
    area: 'purchasing',
    label: t`Purchase orders`,
    icon: IconClipboardList,
    jump: 'p',
    create: t`New purchase order`,
  },
});
