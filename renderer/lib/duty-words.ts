import { t } from '@lingui/core/macro';
import {
  builtInRoles,
  dutiesOfRole,
  type BuiltInRole,
} from '../../server/permissions/built-in-roles.contract.ts';
import type { DutyName } from '../../server/permissions/permissions.contract.ts';

/** What each duty is, in words; the test beside holds the English to what the API says. */
export const dutyWords: Readonly<Record<DutyName, string>> = {
  seeSelling: t`Sees products, customers, stock and sales orders`,
  seePurchasing: t`Sees vendors and purchase orders`,
  seeCosts: t`Sees purchase prices, costs and margins`,
  seeBankDetails: t`Sees the PAN and bank details of vendors`,
  seeSales: t`Sees what was sold by month`,
  keepVendors: t`Adds and changes vendors`,
  keepProducts: t`Adds and changes products`,
  keepCustomers: t`Adds and changes customers`,
  keepWarehouses: t`Adds and changes warehouses`,
  buy: t`Writes purchase orders and submits them`,
  decide: t`Approves and rejects purchase orders`,
  endPurchases: t`Closes and cancels purchase orders`,
  receive: t`Receives goods`,
  overReceive: t`Takes deliveries beyond the tolerance`,
  backdateReceipts: t`Dates a receipt before its order`,
  sell: t`Writes and confirms sales orders and records payments`,
  exceedCredit: t`Confirms and changes sales orders beyond the credit limit`,
  endSales: t`Closes and cancels sales orders`,
  ship: t`Ships goods`,
  backdateShipments: t`Dates a shipment before its order`,
  backdatePayments: t`Dates a payment before its order`,
  adjust: t`Corrects stock to what was counted`,
  seePeople: t`Sees employees`,
  keepPeople: t`Adds and changes employees`,
  giveSignIns: t`Gives and takes sign-ins`,
  giveRoles: t`Gives roles to employees`,
  revealPersonalData: t`Reveals the PAN of employees`,
  endSessions: t`Signs others out`,
  keepRoles: t`Makes and changes roles`,
  seeTrail: t`Reads the audit trail`,
  keepSettings: t`Changes the settings`,
};

const isBuiltIn = (key: string): key is BuiltInRole => builtInRoles.some((one) => one === key);

/** What a role is there for: a built-in one by its duties, a company's own by its description. */
export function roleDescription({
  key,
  description,
}: {
  key: string;
  description: string | null;
}): string | null {
  if (!isBuiltIn(key)) return description;
  if (key === 'owner') return t`Everything, including other owners`;
  if (key === 'admin') return t`Everything but revealing personal data`;
  return dutiesOfRole[key].map((duty) => dutyWords[duty]).join(' · ');
}
