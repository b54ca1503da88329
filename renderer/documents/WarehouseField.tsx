import { t } from '@lingui/core/macro';
import type { ReactNode } from 'react';
import { RecordSelect } from '../ui/RecordSelect.tsx';
import { useWarehouseOptions, useWarehouseSource } from './use-warehouse-options.ts';

/** The warehouse of a document, typed by code or name. The list is short and here already, as a rule. */
export function WarehouseField({
  label,
  value,
  onChange,
  error,
}: {
  label: string;
  /** Empty for none. */
  value: string;
  onChange: (id: string) => void;
  error?: ReactNode;
}) {
  const source = useWarehouseSource();
  const warehouses = useWarehouseOptions();
  return (
    <RecordSelect
      label={label}
      required
      placeholder={t`Warehouse`}
      source={source}
      value={value === '' ? null : value}
      valueLabel={warehouses.find((one) => one.value === value)?.label ?? null}
      error={error}
      onChange={(id) => {
        onChange(id ?? '');
      }}
    />
  );
}
