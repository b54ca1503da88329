import { Checkbox, Stack, Text } from '@mantine/core';
import type { Permission } from '../../server/permissions/permissions.contract.ts';
import { permissionGroups } from './role-words.ts';

/** A box for every permission, below what it is about, within a `Checkbox.Group`. */
export function PermissionChecks({
  columns,
  gap,
  isDisabled,
}: {
  columns: number;
  gap: number;
  isDisabled: (permission: Permission) => boolean;
}) {
  return (
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
  );
}
