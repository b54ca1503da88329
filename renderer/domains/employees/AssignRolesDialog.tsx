import { t } from '@lingui/core/macro';
import { Button, Checkbox, Collapse, Group, Modal, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Permission } from '../../../server/permissions/permissions.contract.ts';
import type { Employee } from '../../../server/domains/employees/employees.contract.ts';
import { wordsOf } from '../../lib/error-words.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { PermissionChecks } from '../../lib/PermissionChecks.tsx';
import { roleDescription, roleName } from '../../lib/role-words.ts';
import { useMe, useServices, useTRPC } from '../../lib/services.tsx';
import { ProblemNote } from '../../ui/States.tsx';

const hasSame = (some: readonly string[], others: readonly string[]) =>
  some.length === others.length && some.every((one) => others.includes(one));

/** Roles of an employee, and single permissions beyond them. What one doesn't have oneself can't be given. */
export function AssignRolesDialog({ employee, onClose }: { employee: Employee; onClose: () => void }) {
  const trpc = useTRPC();
  const me = useMe();
  const { session } = useServices();
  const roles = useQuery(trpc.roles.list.queryOptions());
  const assign = useMutation(trpc.employees.assignRoles.mutationOptions());
  const [chosen, setChosen] = useState(employee.roles);
  const [extra, setExtra] = useState<Permission[]>(employee.permissions);
  const [more, setMore] = useState(employee.permissions.length > 0);
  const own = new Set(me.permissions);
  const isChanged = !hasSame(chosen, employee.roles) || !hasSame(extra, employee.permissions);
  const words = assign.error ? wordsOf(assign.error) : null;

  function save() {
    assign.mutate(
      { id: employee.id, version: employee.version, roles: chosen, permissions: extra },
      {
        onSuccess: () => {
          notifyDone(t`Roles changed`, t`${employee.name}: from their next click on.`);
          if (employee.id === me.employee?.id) void session.refresh();
          onClose();
        },
      },
    );
  }

  return (
    <Modal opened onClose={onClose} title={t`Roles of ${employee.name}`} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (roles.data && isChanged && !assign.isPending) save();
        }}
      >
        <Stack gap="sm">
          {words ? <ProblemNote title={words.title} detail={words.detail} /> : null}
          <Checkbox.Group value={chosen} onChange={setChosen} label={t`Roles`}>
            <Stack gap={8} mt={6}>
              {(roles.data ?? []).map((role) => {
                const beyondMine = role.permissions.some((permission) => !own.has(permission));
                return (
                  <Checkbox
                    key={role.key}
                    value={role.key}
                    label={roleName(role)}
                    description={
                      beyondMine && !employee.roles.includes(role.key)
                        ? t`Allows more than your own roles do, so you can’t give it`
                        : roleDescription(role)
                    }
                    disabled={beyondMine && !employee.roles.includes(role.key)}
                  />
                );
              })}
            </Stack>
          </Checkbox.Group>
          <Button
            variant="subtle"
            size="compact-sm"
            style={{ alignSelf: 'flex-start' }}
            aria-expanded={more}
            onClick={() => {
              setMore(!more);
            }}
          >
            {more ? t`Hide single permissions` : t`Single permissions beyond the roles`}
          </Button>
          <Collapse expanded={more}>
            <PermissionChecks
              value={extra}
              onChange={setExtra}
              besides={(roles.data ?? []).flatMap(({ key, permissions }) =>
                chosen.includes(key) ? permissions : [],
              )}
              columns={2}
              gap={4}
              isDisabled={(permission) => !own.has(permission) && !employee.permissions.includes(permission)}
            />
          </Collapse>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t({ message: 'Cancel', context: 'a form' })}
            </Button>
            <Button
              type="submit"
              loading={assign.isPending}
              disabled={!roles.data || !isChanged}
            >{t`Save roles`}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
