import { t } from '@lingui/core/macro';
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { createRoleSchema, type Role } from '../../../server/domains/roles/roles.contract.ts';
import type { Permission } from '../../../server/permissions/permissions.contract.ts';
import { readProblem, wordsFor, wordsOf, type Words } from '../../lib/error-words.ts';
import { errorsOfSchema, orNull } from '../../lib/form-errors.ts';
import { useFormCommand } from '../../lib/form-command.ts';
import { newId } from '../../lib/new-id.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { PermissionChecks } from '../../lib/PermissionChecks.tsx';
import { roleName } from '../../lib/role-words.ts';
import { useMe, useTRPC, useTRPCClient } from '../../lib/services.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Note, ProblemNote } from '../../ui/States.tsx';

interface RoleValues {
  key: string;
  name: string;
  description: string;
  permissions: Permission[];
}

/** `Stock keeper` → `stock_keeper`. */
function keyFrom(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 40);
}

/** A role of the organisation's own: added, changed or removed. Nobody can give what they don't have. */
export function RoleDialog({
  role,
  roles,
  onClose,
}: {
  role: Role | null;
  roles: readonly Role[];
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const own = new Set<string>(useMe().permissions);
  const [id] = useState(newId);
  const [removing, setRemoving] = useState(false);
  const remove = useMutation(trpc.roles.delete.mutationOptions());

  const inputOf = (values: RoleValues) => ({
    id,
    key: role?.key ?? keyFrom(values.name),
    name: values.name,
    description: orNull(values.description),
    permissions: values.permissions,
  });
  const form = useForm<RoleValues>({
    initialValues: {
      key: role?.key ?? '',
      name: role?.name ?? '',
      description: role?.description ?? '',
      permissions: role?.permissions ?? [],
    },
    validate: (values) => {
      const { key, ...errors } = errorsOfSchema(createRoleSchema, inputOf(values));
      return key && !errors.name ? { ...errors, name: t`Must begin with a letter` } : errors;
    },
  });

  const allowsNothing = form.values.permissions.length === 0;

  const save = useFormCommand(
    form,
    async (values: RoleValues) => {
      const input = createRoleSchema.parse(inputOf(values));
      if (role?.id) {
        const { name, description, permissions } = input;
        await client.roles.update.mutate({
          id: role.id,
          version: role.version,
          name,
          description,
          permissions,
        });
      } else await client.roles.create.mutate(input);
      return values;
    },
    (values, isLeft) => {
      notifyDone(role ? t`Role saved` : t`Role added`, values.name);
      if (!isLeft) onClose();
    },
  );
  const problem = save.error ? wordsFor(readProblem(save.error)) : null;

  return (
    <Modal opened onClose={onClose} title={role ? t`Role ${role.name}` : t`New role`} size="xl">
      <form onSubmit={save.submit} noValidate>
        <Stack gap="sm">
          {problem ? <ProblemNote title={problem.title} detail={problem.detail} /> : null}
          <Group grow align="flex-start">
            <TextInput label={t`Name`} required data-autofocus {...form.getInputProps('name')} />
            <TextInput label={t`What it is for`} {...form.getInputProps('description')} />
          </Group>
          {role ? null : (
            <Group gap={6}>
              <Text size="xs" c="dimmed">{t`Begin with the permissions of`}</Text>
              {roles.map((one) => (
                <Button
                  key={one.key}
                  variant="default"
                  size="compact-xs"
                  onClick={() => {
                    form.setFieldValue(
                      'permissions',
                      one.permissions.filter((permission) => own.has(permission)),
                    );
                  }}
                >
                  {roleName(one)}
                </Button>
              ))}
            </Group>
          )}
          <PermissionChecks
            value={form.values.permissions}
            onChange={(permissions) => {
              form.setFieldValue('permissions', permissions);
            }}
            columns={3}
            gap={0}
            isDisabled={(permission) => !own.has(permission)}
          />
          {allowsNothing ? (
            <Note tone="waiting">{t`This role allows nothing yet: whoever has no other can sign in, and see nothing.`}</Note>
          ) : null}
          <Group justify="space-between">
            {role ? (
              <Button
                variant="subtle"
                color="red"
                onClick={() => {
                  setRemoving(true);
                }}
              >{t`Remove role`}</Button>
            ) : (
              <span />
            )}
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                {t({ message: 'Cancel', context: 'a form' })}
              </Button>
              <Button type="submit" loading={save.busy}>
                {allowsNothing ? t`Save without permissions` : role ? t`Save role` : t`Add role`}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
      {role?.id ? (
        <RemoveRole
          opened={removing}
          name={role.name}
          busy={remove.isPending}
          problem={remove.error ? wordsOf(remove.error) : null}
          onClose={() => {
            setRemoving(false);
          }}
          onConfirm={() => {
            if (!role.id) return;
            remove.mutate(
              { id: role.id, version: role.version },
              {
                onSuccess: () => {
                  notifyDone(t`Role removed`, role.name);
                  onClose();
                },
              },
            );
          }}
        />
      ) : null}
    </Modal>
  );
}

function RemoveRole({
  opened,
  name,
  busy,
  problem,
  onClose,
  onConfirm,
}: {
  opened: boolean;
  name: string;
  busy: boolean;
  problem: Words | null;
  onClose: () => void;
  onConfirm: () => void;
}) {
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t`Remove ${name}`}
      confirmLabel={t`Remove role`}
      danger
      busy={busy}
      problem={problem}
      onConfirm={onConfirm}
    >{t`Only a role that nobody has can be removed; whoever has it needs another one first.`}</ConfirmDialog>
  );
}
