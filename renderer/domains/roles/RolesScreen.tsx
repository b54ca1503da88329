import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Role } from '../../../server/domains/roles/roles.contract.ts';
import { roleKind } from '../../../server/domains/roles/roles.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { RoleDialog } from './RoleDialog.tsx';
import { RoleMatrix } from './RoleMatrix.tsx';

/** Who may do what, as one matrix: permissions down, roles across. Built-in roles are fixed, own ones can be changed. */
export function RolesScreen() {
  const trpc = useTRPC();
  const ability = useAbility();
  const query = useQuery(trpc.roles.list.queryOptions());
  const [editing, setEditing] = useState<Role | 'new' | null>(null);
  const mayManage = ability.can(roleKind.updateWith);
  return (
    <Page
      fill
      header={
        <PageHeader
          title={t`Roles`}
          detail={t`What each role allows. A change takes effect on the next click of whoever has the role.`}
          actions={
            mayManage ? (
              <Button
                leftSection={<IconPlus size={15} />}
                data-new-record
                onClick={() => {
                  setEditing('new');
                }}
              >{t`New role`}</Button>
            ) : null
          }
        />
      }
    >
      <RecordGate query={query} isPart>
        {(roles) => (
          <>
            <RoleMatrix roles={roles} onEdit={mayManage ? setEditing : undefined} />
            {editing ? (
              <RoleDialog
                role={editing === 'new' ? null : editing}
                roles={roles}
                onClose={() => {
                  setEditing(null);
                }}
              />
            ) : null}
          </>
        )}
      </RecordGate>
    </Page>
  );
}
