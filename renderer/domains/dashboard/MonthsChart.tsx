import { t } from '@lingui/core/macro';
import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import type { Dashboard } from '../../../server/domains/dashboard/dashboard.contract.ts';
import { formatMoney, formatMoneyShort } from '../../ui/formats.ts';
import { formatMonth } from '../../ui/moments.ts';

/** Bars need numbers: the only place where an amount becomes a float, and it is never written anywhere. */
const height = (amount: string | null) => (amount === null ? 0 : Number(amount));

export function MonthsChart({ months, currency }: { months: Dashboard['months']; currency: string }) {
  const bought = months.some((month) => month.purchased !== null);
  const sold = months.some((month) => month.sold !== null);
  return (
    <BarChart
      h="100%"
      data={months.map((month) => ({
        month: formatMonth(month.month),
        Purchased: height(month.purchased),
        Sold: height(month.sold),
      }))}
      dataKey="month"
      series={[
        ...(bought ? [{ name: 'Purchased', label: t`Purchased`, color: 'var(--qm-accent)' }] : []),
        ...(sold ? [{ name: 'Sold', label: t`Sold`, color: 'var(--qm-chart-second)' }] : []),
      ]}
      withLegend
      legendProps={{ verticalAlign: 'top', height: 34 }}
      gridColor="var(--qm-line)"
      textColor="var(--qm-ink-2)"
      strokeDasharray="0"
      tickLine="none"
      barProps={{ maxBarSize: 18, isAnimationActive: false }}
      yAxisProps={{ width: 68 }}
      valueFormatter={(value) => formatMoneyShort(String(value), currency)}
      tooltipProps={{
        cursor: { fill: 'var(--qm-hover)' },
        formatter: (value) => formatMoney(String(value), { currency }),
      }}
    />
  );
}
