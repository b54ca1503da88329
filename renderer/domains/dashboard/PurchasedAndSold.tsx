import { t } from '@lingui/core/macro';
import { SegmentedControl, Skeleton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { Dashboard } from '../../../server/domains/dashboard/dashboard.contract.ts';
import { loadPart } from '../../lib/app-parts.ts';
import { useMe } from '../../lib/services.tsx';
import { formatMoney } from '../../ui/formats.ts';
import { Section } from '../../ui/Page.tsx';
import classes from './dashboard.module.css';
import { formatMonth } from '../../ui/moments.ts';

/** Recharts is as large as the rest of the screen: it comes after the first paint. */
const MonthsChart = lazy(() =>
  loadPart(() => import('./MonthsChart.tsx')).then((module) => ({ default: module.MonthsChart })),
);

type Months = Dashboard['months'];

/** Twelve months of buying and selling, as bars or as a table: the same figures. */
export function PurchasedAndSold({ months }: { months: Months }) {
  const [view, setView] = useState('chart');
  const me = useMe();
  const currency = me.settings?.currency ?? 'INR';
  return (
    <Section
      title={t`Purchased and sold, twelve months`}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t`Show as`}
          value={view}
          onChange={setView}
          data={[
            { value: 'chart', label: t`Chart` },
            { value: 'table', label: t`Table` },
          ]}
        />
      }
    >
      {view === 'chart' ? (
        <div className={classes.chart} role="img" aria-label={summary(months, currency)}>
          <Suspense fallback={<Skeleton height="100%" />}>
            <MonthsChart months={months} currency={currency} />
          </Suspense>
        </div>
      ) : (
        <MonthsTable months={months} currency={currency} />
      )}
    </Section>
  );
}

function summary(months: Months, currency: string): string {
  const last = months.at(-1);
  if (!last) return t`Nothing was bought or sold yet.`;
  return t`Bars of what was purchased and sold in each of twelve months. ${formatMonth(last.month)}: purchased ${formatMoney(last.purchased, { currency })}, sold ${formatMoney(last.sold, { currency })}. The table has every month.`;
}

function MonthsTable({ months, currency }: { months: Months; currency: string }) {
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t`Month`}</th>
          <th scope="col">{t`Purchased`}</th>
          <th scope="col">{t`Sold`}</th>
        </tr>
      </thead>
      <tbody>
        {months.map((month) => (
          <tr key={month.month}>
            <th scope="row">{formatMonth(month.month)}</th>
            <td>{formatMoney(month.purchased, { currency })}</td>
            <td>{formatMoney(month.sold, { currency })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
