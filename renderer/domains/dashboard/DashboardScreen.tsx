import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import type { Dashboard } from '../../../server/domains/dashboard/dashboard.contract.ts';
import { isZero } from '../../documents/order-lines.ts';
import { useAbility } from '../../lib/ability.ts';
import { wordsOf } from '../../lib/error-words.ts';
import { usePageTitle } from '../../lib/page-title.ts';
import { useMe, useTRPC } from '../../lib/services.tsx';
import { dayOf, formatLongDay } from '../../ui/moments.ts';
import { LinesToCome } from '../../ui/LinesToCome.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { EmptyState, ProblemNote, ProblemState } from '../../ui/States.tsx';
import { DashboardFigures } from './DashboardFigures.tsx';
import classes from './dashboard.module.css';
import { FirstSteps } from './FirstSteps.tsx';
import { LowStock } from './LowStock.tsx';
import { panelsFor, type Panel } from './panels.ts';
import { PurchasedAndSold } from './PurchasedAndSold.tsx';
import { PurchaseDrafts, ToApprove } from './PurchaseOrdersToDo.tsx';
import { SalesDrafts, ToShip } from './SalesOrdersToDo.tsx';
import { StockByWarehouse } from './StockByWarehouse.tsx';
import { ToReceive } from './ToReceive.tsx';

/** Milliseconds between two looks: what others did should show without a reload. */
const lookEvery = 60_000;

/**
 * The first screen: the waiting work, then the past months. It is painted at once and filled when the answer is here.
 */
export function DashboardScreen() {
  usePageTitle(t`Overview`);
  const trpc = useTRPC();
  const me = useMe();
  const query = useQuery({
    ...trpc.reports.dashboard.queryOptions(undefined, { enabled: me.tenant !== null }),
    refetchInterval: lookEvery,
  });
  const data = query.data;

  return (
    <Page
      header={
        <PageHeader title={t`Overview`} detail={formatLongDay(dayOf(data?.at ?? new Date().toISOString()))} />
      }
    >
      {me.tenant === null ? (
        <EmptyState
          title={t`You belong to no organisation`}
          text={t`You are signed in as an operator. Platform operations are in a window of their own.`}
        />
      ) : query.isError && !data ? (
        <ProblemState
          {...wordsOf(query.error)}
          onRetry={() => {
            void query.refetch();
          }}
        />
      ) : (
        <>
          {query.isError ? (
            <ProblemNote title={t`These figures are from before`} detail={wordsOf(query.error).title} />
          ) : null}
          <DashboardFigures data={data} />
          <Panels data={data} />
        </>
      )}
    </Page>
  );
}

function Panels({ data }: { data: Dashboard | undefined }) {
  const { can } = useAbility();
  if (!data) {
    return (
      <div className={classes.grid} aria-hidden="true">
        <LinesToCome lines={9} />
        <LinesToCome lines={9} />
      </div>
    );
  }
  return (
    <div className={classes.grid}>
      {isEmpty(data) ? <FirstSteps /> : null}
      {panelsFor(can).map((panel) => (
        <Fragment key={panel}>{panelOf(panel, data)}</Fragment>
      ))}
    </div>
  );
}

/** Nothing was ever bought, sold or put in stock, as far as the reader sees. */
function isEmpty({ months, stockByWarehouse, toReceive }: Dashboard): boolean {
  const nothing = (amount: string | null) => amount === null || isZero(amount);
  return (
    months.every(({ purchased, sold }) => nothing(purchased) && nothing(sold)) &&
    stockByWarehouse !== null &&
    stockByWarehouse.every(({ products }) => products === 0) &&
    (toReceive ?? []).length === 0
  );
}

function panelOf(panel: Panel, data: Dashboard): ReactNode {
  switch (panel) {
    case 'toApprove':
      return <ToApprove count={data.purchaseOrdersToApprove} />;
    case 'purchaseDrafts':
      return <PurchaseDrafts />;
    case 'toShip':
      return <ToShip count={data.ordersToShip} />;
    case 'salesDrafts':
      return <SalesDrafts />;
    case 'toReceive':
      return data.toReceive ? <ToReceive orders={data.toReceive} count={data.openPurchaseOrders} /> : null;
    case 'lowStock':
      return data.lowStock ? (
        <LowStock products={data.lowStock} count={data.productsBelowReorderLevel} />
      ) : null;
    case 'stockByWarehouse':
      return data.stockByWarehouse ? <StockByWarehouse warehouses={data.stockByWarehouse} /> : null;
    case 'months': {
      const seesMoney = data.months.some((month) => month.purchased !== null || month.sold !== null);
      return seesMoney && !isEmpty(data) ? <PurchasedAndSold months={data.months} /> : null;
    }
  }
}
