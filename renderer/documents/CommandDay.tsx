import { t } from '@lingui/core/macro';
import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Permission } from '../../server/permissions/permissions.contract.ts';
import { DayField } from '../ui/DayField.tsx';
import { formatDay } from '../ui/moments.ts';
import { isDay } from '../ui/typed-day.ts';
import { useAbility } from '../lib/ability.ts';
import type { CommandDayValues } from './command-day.ts';

/**
 * The day something was done with an order. Days before the order's own are offered, to be confirmed, only to people
 * who may backdate; others are refused at once.
 */
export function CommandDay({
  label,
  orderDay,
  permission,
  values,
  error,
  onChange,
}: {
  label: string;
  orderDay: string;
  permission: Permission;
  values: CommandDayValues;
  error?: ReactNode;
  onChange: (values: CommandDayValues) => void;
}) {
  const mayBackdate = useAbility().can(permission);
  const isBefore = isDay(values.day) && values.day < orderDay;
  const early = !isBefore
    ? undefined
    : !mayBackdate
      ? t`The order is of ${formatDay(orderDay)}: an earlier day needs the permission to backdate.`
      : error && !values.backdate
        ? t`The order is of ${formatDay(orderDay)}: say below that an earlier day is meant.`
        : undefined;
  return (
    <div>
      <DayField
        label={label}
        direction="behind"
        required
        value={values.day}
        error={early ?? error}
        onChange={(day) => {
          onChange({ day, backdate: false });
        }}
      />
      {isBefore && mayBackdate ? (
        <Checkbox
          mt={6}
          label={t`Before the order date, on purpose`}
          checked={values.backdate}
          onChange={(event) => {
            onChange({ ...values, backdate: event.currentTarget.checked });
          }}
        />
      ) : null}
    </div>
  );
}
