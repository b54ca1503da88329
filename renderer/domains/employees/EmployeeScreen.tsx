import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Employee } from '../../../server/domains/employees/employees.contract.ts';
import { employeeKind } from '../../../server/domains/employees/employees.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { MasterPage } from '../../lib/MasterPage.tsx';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { permissionWords, useRoleWords } from '../../lib/role-words.ts';
import { useMe, useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { Facts } from '../../ui/Facts.tsx';
import { formatInstant } from '../../ui/moments.ts';
import { Section } from '../../ui/Page.tsx';
import { employeePage } from './employee-fields.tsx';
import { AssignRolesDialog } from './AssignRolesDialog.tsx';
import {
  LinkSignInDialog,
  ResetSecondStepDialog,
  SignOutDialog,
  UnlinkSignInDialog,
} from './SignInDialogs.tsx';

export function EmployeeScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.employees.get.queryOptions({ id: useRecordId() }));
  return <RecordGate query={query}>{(employee) => <EmployeeRecord employee={employee} />}</RecordGate>;
}

/** Whether they get in: a sign-in whose owner has not answered the mail opens nothing yet. */
function SignInState({ employee }: { employee: Employee }) {
  const trpc = useTRPC();
  const { id, hasSignIn } = employee;
  const state = useQuery(trpc.employees.signInState.queryOptions({ id }, { enabled: hasSignIn }));
  if (!hasSignIn) return t`No`;
  if (state.data?.state === 'held')
    return t`Closed: the second step was removed by mail. Take the sign-in away and give it again if that was this person.`;
  return state.data?.state === 'proof' ? t`Once they have answered the mail that was sent` : t`Yes`;
}

function EmployeeRecord({ employee }: { employee: Employee }) {
  const ability = useAbility();
  const roleNames = useRoleWords();
  const update = useMutation(useTRPC().employees.update.mutationOptions());
  const me = useMe();
  const [dialog, setDialog] = useState<'roles' | 'link' | 'unlink' | 'secondStep' | 'signOut' | null>(null);
  const close = () => {
    setDialog(null);
  };
  const { id, version } = employee;
  const mayLink = ability.can(employeeKind.rights.linkSignIn);
  return (
    <>
      <MasterPage
        of={employeePage}
        record={employee}
        code={employee.employeeCode}
        detail={employee.designation}
        change={(status) => update.mutateAsync({ id, version, status })}
        main={
          <Section
            title={t`Roles and permissions`}
            actions={
              ability.can(employeeKind.rights.assignRoles) ? (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  onClick={() => {
                    setDialog('roles');
                  }}
                >{t`Change`}</Button>
              ) : null
            }
          >
            <Facts
              columns={1}
              items={[
                {
                  label: t`Roles`,
                  value: roleNames(employee.roles) || t`None: nothing is allowed`,
                },
                employee.permissions.length > 0 && {
                  label: t`Beyond the roles`,
                  value: employee.permissions
                    .map((one) => permissionWords(one))
                    .map(({ resource, action }) => `${resource}: ${action.toLowerCase()}`)
                    .join('\n'),
                },
              ]}
            />
          </Section>
        }
        side={
          <Section
            title={t`Sign-in`}
            actions={
              mayLink ? (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  color={employee.hasSignIn ? 'red' : 'petrol'}
                  onClick={() => {
                    setDialog(employee.hasSignIn ? 'unlink' : 'link');
                  }}
                >
                  {employee.hasSignIn ? t`Take away` : t`Give a sign-in`}
                </Button>
              ) : null
            }
          >
            <Facts
              columns={1}
              items={[
                { label: t`Can sign in`, value: <SignInState employee={employee} /> },
                {
                  label: t`Last time`,
                  value: employee.lastSignInAt ? formatInstant(employee.lastSignInAt) : t`Not yet`,
                },
              ]}
            />
            {ability.can(employeeKind.rights.endSessions) && employee.hasSignIn ? (
              <Button
                mt={8}
                variant="subtle"
                size="compact-sm"
                onClick={() => {
                  setDialog('signOut');
                }}
              >{t`Lost computer: sign out everywhere`}</Button>
            ) : null}
            {mayLink && employee.hasSignIn && employee.id !== me.employee?.id ? (
              <Button
                mt={8}
                variant="subtle"
                size="compact-sm"
                onClick={() => {
                  setDialog('secondStep');
                }}
              >{t`Lost phone: reset second step`}</Button>
            ) : null}
          </Section>
        }
      />
      {dialog === 'roles' ? <AssignRolesDialog employee={employee} onClose={close} /> : null}
      {dialog === 'link' ? <LinkSignInDialog employee={employee} onClose={close} /> : null}
      {dialog === 'secondStep' ? <ResetSecondStepDialog employee={employee} onClose={close} /> : null}
      {dialog === 'signOut' ? <SignOutDialog employee={employee} onClose={close} /> : null}
      {dialog === 'unlink' ? <UnlinkSignInDialog employee={employee} onClose={close} /> : null}
    </>
  );
}
