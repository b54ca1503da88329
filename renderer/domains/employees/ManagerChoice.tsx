import { t } from '@lingui/core/macro';
import type { Bind } from '../../lib/record-fields.tsx';
import { useRecordSources } from '../../lib/record-search.ts';
import { RecordSelect } from '../../ui/RecordSelect.tsx';

/** The chosen person, with the name that the field shows; empty when none is chosen. */
export interface ManagerValue {
  id: string;
  name: string;
}

export function ManagerChoice({ bind }: { bind: Bind }) {
  const { employees } = useRecordSources();
  const { value, error, onChange } = bind() as {
    value: ManagerValue;
    error?: string;
    onChange: (value: ManagerValue) => void;
  };
  return (
    <RecordSelect
      label={t`Manager`}
      clearable
      source={employees}
      value={value.id === '' ? null : value.id}
      valueLabel={value.name}
      error={error}
      onChange={(id, option) => {
        onChange({ id: id ?? '', name: option?.label ?? '' });
      }}
    />
  );
}
