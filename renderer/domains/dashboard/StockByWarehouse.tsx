import { plural, t } from '@lingui/core/macro';
import type { DashboardPlace as Warehouse } from '../../../server/domains/dashboard/dashboard.contract.ts';
import { useMe } from '../../lib/services.tsx';
import { Code } from '../../ui/Figures.tsx';
import { formatMoneyShort } from '../../ui/formats.ts';
import { Section } from '../../ui/Page.tsx';
import { EmptyState } from '../../ui/States.tsx';
import { useFirstStock } from '../inventory/first-stock.tsx';
import classes from './dashboard.module.css';

/** What the bars compare: value for those who may see it, else the number of products. */
const weight = (warehouse: Warehouse) =>
  warehouse.value === null ? warehouse.products : Number(warehouse.value);

/** Where the stock lies. */
export function StockByWarehouse({ warehouses }: { warehouses: readonly Warehouse[] }) {
  const me = useMe();
  const firstStock = useFirstStock();
  const most = Math.max(1, ...warehouses.map(weight));
  if (warehouses.every(({ products }) => products === 0)) {
    return (
      <Section title={t`Stock by warehouse`}>
        <EmptyState title={t`No stock yet`} {...firstStock} />
      </Section>
    );
  }
  return (
    <Section title={t`Stock by warehouse`}>
      <ul className={classes.places}>
        {warehouses.map((warehouse) => (
          <li key={warehouse.code}>
            <span>
              <Code>{warehouse.code}</Code> {warehouse.name}
            </span>
            <span>
              {warehouse.value === null
                ? null
                : formatMoneyShort(warehouse.value, me.settings?.currency ?? 'INR')}{' '}
              <span className={classes.quiet}>
                {plural(warehouse.products, { one: '# product', other: '# products' })}
              </span>
            </span>
            <span className={classes.bar} aria-hidden="true">
              <span style={{ width: `${String((weight(warehouse) / most) * 100)}%` }} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
