import { t } from '@lingui/core/macro';
import { useState } from 'react';
import type { Tenant } from '../../../server/tenancy/tenants.contract.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { useTRPCClient } from '../../lib/services.tsx';
import { AppLink } from '../../ui/AppLink.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Section } from '../../ui/Page.tsx';
import { useAppHistory } from '../../ui/use-app-history.ts';
import { adminPaths } from '../admin-paths.ts';
import { useOperatorCommand } from '../lib/operator-command.ts';
import { focusTitleIfLost } from '../lib/title-focus.ts';
import { ActionRow } from './ActionRow.tsx';
import { MoveAction } from './MoveAction.tsx';
import { actionWords, possibleActions, type TenantActionName } from './tenant-actions.ts';
import { TenantActionButton } from './TenantActionButton.tsx';
import { TypedConfirmDialog } from './TypedConfirmDialog.tsx';
import classes from './tenants.module.css';

/** What operators can do to an organisation, each with what it means, and only what is possible now. */
export function TenantActions({ tenant }: { tenant: Tenant }) {
  const [open, setOpen] = useState<TenantActionName | null>(null);
  const possible = possibleActions(tenant);
  const rowOf = (action: TenantActionName) => (
    <ActionRow key={action} about={actionWords[action].about}>
      <TenantActionButton action={action} onOpen={setOpen} />
    </ActionRow>
  );
  return (
    <>
      <Section title={t`What can be done`}>
        {possible.filter((action) => !actionWords[action].danger).map(rowOf)}
        <MoveAction tenant={tenant} />
        {possible.filter((action) => actionWords[action].danger).map(rowOf)}
        {possible.length === 0 ? (
          <p className={classes.outcome}>{t`Nothing until what is under way has finished.`}</p>
        ) : null}
      </Section>
      <Section title={t`See also`}>
        <ul className={classes.links}>
          <li>
            <AppLink to={adminPaths.sessionsOf(tenant.id)}>{t`Its sessions`}</AppLink>
          </li>
          <li>
            <AppLink to={adminPaths.auditOf(tenant.id)}>{t`Its audit trail`}</AppLink>
          </li>
          <li>
            <AppLink to={adminPaths.migrations}>{t`Migrations`}</AppLink>
          </li>
        </ul>
      </Section>
      <TenantActionDialogs
        tenant={tenant}
        open={open}
        onClose={() => {
          setOpen(null);
        }}
      />
    </>
  );
}

/** Asks before an action, then performs it. Ending an organisation requires typing its short name. */
export function TenantActionDialogs({
  tenant,
  open,
  onClose,
}: {
  tenant: Tenant;
  open: TenantActionName | null;
  onClose: () => void;
}) {
  const client = useTRPCClient();
  const history = useAppHistory();
  const command = useOperatorCommand(
    ({ action, reason }: { action: TenantActionName; reason: string }): Promise<unknown> => {
      const { id, slug } = tenant;
      const said = reason === '' ? {} : { reason };
      switch (action) {
        case 'signOut':
          return client.admin.sessions.revokeTenant.mutate({ tenantId: id, ...said });
        case 'suspend':
          return client.admin.tenants.suspend.mutate({ id, ...said });
        case 'reactivate':
        case 'restore':
          return client.admin.tenants.reactivate.mutate({ id });
        case 'lockdown':
          return client.admin.tenants.lockdown.mutate({ id, ...said });
        case 'deprovision':
        case 'forget':
          return client.admin.tenants.deprovision.mutate({ id, confirm: slug });
      }
    },
    () => {
      if (open) notifyDone(actionWords[open].done, tenant.name);
      if (open === 'forget') history.push(adminPaths.tenants);
      onClose();
      focusTitleIfLost();
    },
  );
  const close = () => {
    command.leave();
    onClose();
  };
  const words = open ? actionWords[open] : null;
  return (
    <>
      <ConfirmDialog
        opened={words !== null && open !== 'deprovision'}
        onClose={close}
        title={words ? `${words.label}: ${tenant.name}` : ''}
        confirmLabel={words?.label ?? ''}
        danger={words?.danger ?? false}
        {...(words?.reason
          ? { reason: { label: t`Reason, for the audit trail`, required: false, maxLength: 300 } }
          : {})}
        busy={command.busy}
        problem={command.problem}
        onConfirm={(reason) => {
          if (open) command.run({ action: open, reason });
        }}
      >
        {words?.consequence(tenant)}
      </ConfirmDialog>
      <TypedConfirmDialog
        opened={open === 'deprovision'}
        onClose={close}
        title={t`Remove ${tenant.name}`}
        expected={tenant.slug}
        confirmLabel={t`Remove this organisation`}
        busy={command.busy}
        problem={command.problem}
        onConfirm={() => {
          command.run({ action: 'deprovision', reason: '' });
        }}
      >
        {actionWords.deprovision.consequence(tenant)}
      </TypedConfirmDialog>
    </>
  );
}
