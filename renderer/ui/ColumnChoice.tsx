import { t } from '@lingui/core/macro';
import { ActionIcon, Checkbox, Popover, Stack, Text, Tooltip } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconColumns3 } from '@tabler/icons-react';
import type { DataColumn } from './table-types.ts';

export interface Choice {
  visibility: Record<string, boolean>;
  set(column: string, visible: boolean): void;
}

/** Which columns of a table the reader wants, remembered on this computer per table. */
export function useColumnChoice<Row>(table: string, columns: readonly DataColumn<Row>[]): Choice {
  const [chosen, choose] = useLocalStorage<Record<string, boolean>>({
    key: `qm-columns-${table}`,
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const visibility = Object.fromEntries(
    columns.map((column) => [
      column.id,
      column.fixed === true || (chosen[column.id] ?? column.hidden !== true),
    ]),
  );
  return {
    visibility,
    set: (column, visible) => {
      choose((before) => ({ ...before, [column]: visible }));
    },
  };
}

export function ColumnChoice<Row>({
  columns,
  choice,
}: {
  columns: readonly DataColumn<Row>[];
  choice: Choice;
}) {
  return (
    <Popover position="top-end" trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={t`Choose columns`}>
          <ActionIcon size="sm" aria-label={t`Choose columns`}>
            <IconColumns3 size={15} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label={t`Columns`}>
        <Text size="xs" fw={600} mb={8}>{t`Columns`}</Text>
        <Stack gap={0}>
          {columns.map((column) => (
            <Checkbox
              key={column.id}
              label={column.header}
              checked={choice.visibility[column.id] ?? false}
              disabled={column.fixed === true}
              onChange={(event) => {
                choice.set(column.id, event.currentTarget.checked);
              }}
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
