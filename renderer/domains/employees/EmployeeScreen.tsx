import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Employee } from '../../../server/domains/employees/employees.contract.ts';
import { employeeKind } from '../../../server/domains/employees/employees.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { addressText } from '../../lib/address.tsx';
import { EditButton } from '../../lib/Buttons.tsx';
import { usePageTitle } from '../../lib/page-title.ts';
import { editPath, paths } from '../../lib/paths.ts';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { RecordStatus } from '../../lib/RecordStatus.tsx';
import { permissionWords, useRoleWords } from '../../lib/role-words.ts';
import { useMe, useTRPC } from '../../lib/services.tsx';
import { StatusActions } from '../../lib/StatusActions.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Code } from '../../ui/Figures.tsx';
import { formatDay, formatInstant } from '../../ui/formats.ts';
import { Columns, Page, Section } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { AssignRolesDialog } from './AssignRolesDialog.tsx';
import { RevealPan } from './RevealPan.tsx';
import {
  LinkSignInDialog,
  ResetSecondStepDialog,
  SignOutDialog,
  UnlinkSignInDialog,
} from './SignInDialogs.tsx';

export function EmployeeScreen() {
  const trpc = useTRPC();
  const id = useRecordId();
  const query = useQuery(trpc.employees.get.queryOptions({ id }));
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
  const trpc = useTRPC();
  const ability = useAbility();
  const roleNames = useRoleWords();
  const update = useMutation(trpc.employees.update.mutationOptions());
  const me = useMe();
  const [dialog, setDialog] = useState<'roles' | 'link' | 'unlink' | 'secondStep' | 'signOut' | null>(null);
  usePageTitle(employee.name);
  const close = () => {
    setDialog(null);
  };
  const mayLink = ability.can(employeeKind.rights.linkSignIn);
  return (
    <Page
      header={
        <PageHeader
          parent={{ label: t`Employees`, to: paths.employees }}
          title={employee.name}
          status={<RecordStatus status={employee.status} filled />}
          detail={
            <>
              <Code>{employee.employeeCode}</Code>
              {employee.designation ? ` · ${employee.designation}` : ''}
            </>
          }
          actions={
            ability.can(employeeKind.updateWith) ? (
              <>
                <StatusActions
                  status={employee.status}
                  states={['active', 'inactive']}
                  change={(status) =>
                    update.mutateAsync({ id: employee.id, version: employee.version, status })
                  }
                />
                <EditButton to={editPath(paths.employee(employee.id))} />
              </>
            ) : null
          }
        />
      }
    >
      <Columns
        main={
          <>
            <Section title={t`Person`}>
              <Facts
                items={[
                  { label: t`E-mail`, value: <a href={`mailto:${employee.email}`}>{employee.email}</a> },
                  { label: t`Department`, value: employee.department },
                  { label: t`Phone`, value: employee.phone },
                  {
                    label: t`Manager`,
                    value: employee.manager ? (
                      <AppLink to={paths.employee(employee.manager.id)}>{employee.manager.name}</AppLink>
                    ) : null,
                  },
                  {
                    label: 'PAN',
                    value: (
                      <RevealPan employee={employee} mayReveal={ability.can(employeeKind.rights.revealPii)} />
                    ),
                  },
                  { label: t`Joined`, value: employee.joinedOn ? formatDay(employee.joinedOn) : null },
                  {
                    label: t`Aadhaar`,
                    value: employee.aadhaarLastFour ? (
                      <Code>•••• •••• {employee.aadhaarLastFour}</Code>
                    ) : null,
                  },
                  { label: t`Address`, value: addressText(employee.address) },
                ]}
              />
            </Section>
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
          </>
        }
        side={
          <>
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
            <Section title={t`Record`}>
              <Facts
                columns={1}
                items={[
                  { label: t`Added`, value: formatInstant(employee.createdAt) },
                  { label: t`Changed`, value: formatInstant(employee.updatedAt) },
                ]}
              />
            </Section>
          </>
        }
      />
      {dialog === 'roles' ? <AssignRolesDialog employee={employee} onClose={close} /> : null}
      {dialog === 'link' ? <LinkSignInDialog employee={employee} onClose={close} /> : null}
      {dialog === 'secondStep' ? <ResetSecondStepDialog employee={employee} onClose={close} /> : null}
      {dialog === 'signOut' ? <SignOutDialog employee={employee} onClose={close} /> : null}
      {dialog === 'unlink' ? <UnlinkSignInDialog employee={employee} onClose={close} /> : null}
    </Page>
  );
}
