import { t } from '@lingui/core/macro';
import { Checkbox, Stack, Text } from '@mantine/core';
import type { Permission } from '../../server/permissions/permissions.contract.ts';
import { readingFor, withReadings } from '../../server/domains/kinds.contract.ts';
import { Note } from '../ui/States.tsx';
import { permissionGroups, permissionWords } from './role-words.ts';

/**
 * A box for every permission, grouped by resource. A permission to change something ticks the one to see it, without
 * which it is useless.
 */
export function PermissionChecks({
  value,
  onChange,
  besides = [],
  columns,
  gap,
  isDisabled,
}: {
  value: readonly Permission[];
  onChange: (permissions: Permission[]) => void;
  /** Permissions that the person has already. */
  besides?: readonly Permission[];
  columns: number;
  gap: number;
  isDisabled: (permission: Permission) => boolean;
}) {
  const missing = [
    ...new Set(
      value.flatMap((permission) => {
        const reading = readingFor(permission);
        return reading !== undefined && ![...value, ...besides].includes(reading) ? [reading] : [];
      }),
    ),
  ].map((permission) => permissionWords(permission).resource);
  return (
    <Checkbox.Group
      value={[...value]}
      onChange={(after) => {
        onChange([...withReadings(value, after)]);
      }}
    >
      <Text size="xs" c="dimmed" mb={8}>
        {t`Who may change something can do so only where they also see it: “See” is ticked along.`}
      </Text>
      {missing.length > 0 ? (
        <Note tone="waiting">{t`Of no use without “See”: ${missing.join(', ')}.`}</Note>
      ) : null}
      <div style={{ columns, columnGap: 24 }}>
        {permissionGroups.map((group) => (
          <div key={group.resource} style={{ breakInside: 'avoid', paddingBottom: 12 }}>
            <Text size="xs" fw={600} mb={4}>
              {group.resource}
            </Text>
            <Stack gap={gap}>
              {group.items.map((item) => (
                <Checkbox
                  key={item.permission}
                  value={item.permission}
                  label={item.action}
                  disabled={isDisabled(item.permission)}
                />
              ))}
            </Stack>
          </div>
        ))}
      </div>
    </Checkbox.Group>
  );
}
