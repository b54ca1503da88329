import { t } from '@lingui/core/macro';
import { Skeleton } from '@mantine/core';
import { dashboardSchema, type Dashboard } from '../../../server/domains/dashboard/dashboard.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { paths } from '../../lib/paths.ts';
import { useMe } from '../../lib/services.tsx';
import { AppLink } from '../../ui/AppLink.tsx';
import { formatCount, formatMoney, formatMoneyShort } from '../../ui/formats.ts';
import classes from './dashboard.module.css';

interface Figure {
  label: string;
  /** The figure of the answer; people who may not see it have none. */
  field: keyof Dashboard;
  to: string;
  value: (data: Dashboard) => string;
  /** Coloured when it is more than nothing: somebody should look. */
  alarm?: { tone: 'waiting' | 'bad'; when: (data: Dashboard) => boolean };
  title?: (data: Dashboard) => string;
}

const openPurchases = 'status=confirmed&status=partially_delivered';
const openSales = 'status=confirmed&status=partially_shipped';

function figures(currency: string): Figure[] {
  return [
    {
      label: t`To approve`,
      field: 'purchaseOrdersToApprove',
      to: `${paths.purchaseOrders}?status=pending_approval`,
      value: (data) => formatCount(data.purchaseOrdersToApprove ?? 0),
      alarm: { tone: 'waiting', when: (data) => (data.purchaseOrdersToApprove ?? 0) > 0 },
    },
    {
      label: t`Late deliveries`,
      field: 'overdueDeliveries',
      to: `${paths.purchaseOrders}?${openPurchases}&sort=expectedDate`,
      value: (data) => formatCount(data.overdueDeliveries ?? 0),
      alarm: { tone: 'bad', when: (data) => (data.overdueDeliveries ?? 0) > 0 },
    },
    {
      label: t`Still to receive`,
      field: 'openPurchaseOrders',
      to: `${paths.purchaseOrders}?${openPurchases}`,
      value: (data) => formatCount(data.openPurchaseOrders ?? 0),
    },
    {
      label: t`Orders to ship`,
      field: 'ordersToShip',
      to: `${paths.salesOrders}?${openSales}&sort=promisedDate`,
      value: (data) => formatCount(data.ordersToShip ?? 0),
    },
    {
      label: t`Backordered lines`,
      field: 'backorderedLines',
      to: `${paths.salesOrders}?hasBackorder=true`,
      value: (data) => formatCount(data.backorderedLines ?? 0),
      alarm: { tone: 'waiting', when: (data) => (data.backorderedLines ?? 0) > 0 },
    },
    {
      label: t`Below reorder level`,
      field: 'productsBelowReorderLevel',
      to: `${paths.inventory}?belowReorderLevel=true`,
      value: (data) => formatCount(data.productsBelowReorderLevel ?? 0),
      alarm: { tone: 'waiting', when: (data) => (data.productsBelowReorderLevel ?? 0) > 0 },
    },
    {
      label: t`Stock value`,
      field: 'stockValue',
      to: `${paths.inventory}?inStock=true&sort=-value`,
      value: (data) => formatMoneyShort(data.stockValue, currency),
      title: (data) => formatMoney(data.stockValue, { currency }),
    },
  ];
}

/** The work that is waiting: each figure links to its list. Figures that the reader may not see are left out. */
export function DashboardFigures({ data }: { data: Dashboard | undefined }) {
  const { sees } = useAbility();
  const me = useMe();
  const shown = figures(me.settings?.currency ?? 'INR').filter(({ field }) => sees(dashboardSchema, field));
  return (
    <nav className={classes.figures} aria-label={t`Figures`} aria-busy={data === undefined}>
      {shown.map((figure) => (
        <AppLink key={figure.label} to={figure.to} look="plain" className={classes.figure ?? ''}>
          <span className={classes.label}>{figure.label}</span>
          <span
            className={classes.value}
            title={data && figure.title?.(data)}
            data-tone={data && figure.alarm?.when(data) ? figure.alarm.tone : undefined}
          >
            {data ? figure.value(data) : <Skeleton height={22} width={56} my={4} />}
          </span>
        </AppLink>
      ))}
    </nav>
  );
}
