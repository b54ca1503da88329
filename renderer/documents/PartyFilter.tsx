import { t } from '@lingui/core/macro';
import { CloseButton } from '@mantine/core';
import { RecordSelect } from '../ui/RecordSelect.tsx';
import type { RecordSource } from '../lib/record-search.ts';

/** A vendor or customer as a filter of a list: typed, and taken away again with a press. */
export function PartyFilter<Data>({
  label,
  source,
  value,
  valueLabel,
  onChange,
}: {
  label: string;
  source: RecordSource<Data>;
  value: string | undefined;
  valueLabel: string | undefined;
  onChange: (id: string | undefined) => void;
}) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', width: 168 }}>
      <span style={{ flex: 1 }}>
        <RecordSelect
          aria-label={label}
          placeholder={label}
          source={source}
          value={value ?? null}
          valueLabel={valueLabel ?? null}
          clearable
          onChange={(id) => {
            onChange(id ?? undefined);
          }}
        />
      </span>
      {value ? (
        <CloseButton
          size="sm"
          aria-label={t`${label}: all`}
          onClick={() => {
            onChange(undefined);
          }}
        />
      ) : null}
    </span>
  );
}
