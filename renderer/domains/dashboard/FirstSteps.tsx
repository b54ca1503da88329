import { t } from '@lingui/core/macro';
import type { Permission } from '../../../server/permissions/permissions.contract.ts';
import { settingsKind } from '../../../server/domains/settings/settings.kinds.contract.ts';
import { warehouseKind } from '../../../server/domains/warehouses/warehouses.kinds.contract.ts';
import { vendorKind } from '../../../server/domains/vendors/vendors.kinds.contract.ts';
import { productKind } from '../../../server/domains/products/products.kinds.contract.ts';
import { stockMovementKind } from '../../../server/domains/inventory/inventory.kinds.contract.ts';
import { employeeKind } from '../../../server/domains/employees/employees.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { newPath, paths } from '../../lib/paths.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import { Section } from '../../ui/Page.tsx';
import classes from './dashboard.module.css';

const steps: readonly { permission: Permission; to: string; label: string; why: string }[] = [
  {
    permission: settingsKind.updateWith,
    to: paths.settings,
    label: t`Enter your organisation’s details`,
    why: t`Your GSTIN and state decide the tax on every order.`,
  },
  {
    permission: warehouseKind.createWith,
    to: newPath(paths.warehouses),
    label: t`Add a warehouse`,
    why: t`Goods are kept in a warehouse, and in its bins if you have any.`,
  },
  {
    permission: vendorKind.createWith,
    to: newPath(paths.vendors),
    label: t`Add a vendor`,
    why: t`The companies you buy from.`,
  },
  {
    permission: productKind.createWith,
    to: newPath(paths.products),
    label: t`Add a product`,
    why: t`What you buy, keep and sell.`,
  },
  {
    permission: stockMovementKind.rights.adjust,
    to: paths.inventory,
    label: t`Enter the opening stock`,
    why: t`What is there today, as adjustments with their cost.`,
  },
  {
    permission: employeeKind.createWith,
    to: newPath(paths.employees),
    label: t`Let your people in`,
    why: t`Each with a role, and a sign-in of their own.`,
  },
];

/** The first steps of an empty organisation, instead of empty charts. */
export function FirstSteps() {
  const { can } = useAbility();
  const mine = steps.filter(({ permission }) => can(permission));
  if (mine.length === 0) return null;
  return (
    <Section title={t`First steps`}>
      <ol className={classes.steps}>
        {mine.map(({ to, label, why }) => (
          <li key={label}>
            <AppLink to={to}>{label}</AppLink>
            <span className={classes.quiet}>{why}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
