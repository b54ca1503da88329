import { t } from '@lingui/core/macro';
import { Checkbox, Radio, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ComponentProps } from 'react';
import { builtInRoles } from '../../../server/permissions/built-in-roles.contract.ts';
import type { Settings } from '../../../server/domains/settings/settings.contract.ts';
import { roleKind } from '../../../server/domains/roles/roles.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { roleWords } from '../../lib/role-words.ts';
import { useTRPC } from '../../lib/services.tsx';

/** Whom the organisation asks for a second step at the sign-in, in the order of the form. */
export const secondStepWords: Readonly<Record<Settings['secondFactor'], string>> = {
  nobody: t`Nobody has to`,
  roles: t`People with these roles`,
  everyone: t`Everyone`,
};

/** Nobody, some roles or everyone. People whom the rule asks are led through the set-up at their next click. */
export function SecondStepFields({
  whom,
  bindWhom,
  bindRoles,
}: {
  whom: Settings['secondFactor'];
  bindWhom: Partial<ComponentProps<typeof Radio.Group>>;
  bindRoles: Partial<ComponentProps<typeof Checkbox.Group>>;
}) {
  const trpc = useTRPC();
  const ability = useAbility();
  const roles = useQuery({ ...trpc.roles.list.queryOptions(), enabled: ability.can(roleKind.readWith) });
  const choices = roles.data
    ? roles.data.map(({ key, name }) => ({ value: key, label: name }))
    : builtInRoles.map((key) => ({ value: key, label: roleWords(key) }));
  return (
    <Stack gap="sm">
      <Radio.Group label={t`Who confirms the sign-in with a code from an authenticator app`} {...bindWhom}>
        <Stack gap={8} my={6}>
          {Object.entries(secondStepWords).map(([value, label]) => (
            <Radio key={value} value={value} label={label} />
          ))}
        </Stack>
      </Radio.Group>
      {whom === 'roles' ? (
        <Checkbox.Group label={t`These roles`} {...bindRoles}>
          <SimpleGrid cols={3} spacing="md" verticalSpacing={8} my={6}>
            {choices.map(({ value, label }) => (
              <Checkbox key={value} value={value} label={label} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
      ) : null}
    </Stack>
  );
}
