import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Tenant, TenantStatus } from '../../../server/admin/tenants/tenants.contract.ts';
import { useCommand } from '../../lib/command.ts';
import { notifyDone } from '../../lib/notify.ts';
import { useTRPCClient } from '../../lib/services.tsx';
import { AppLink } from '../../ui/AppLink.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { formatInstant } from '../../ui/formats.ts';
import { Section } from '../../ui/Page.tsx';
import { adminPaths } from '../admin-paths.ts';
import { TypedConfirmDialog } from './TypedConfirmDialog.tsx';
import classes from './tenants.module.css';

type Action = 'suspend' | 'reactivate' | 'lockdown' | 'deprovision' | 'restore';

interface ActionWords {
  label: string;
  about: string;
  from: readonly TenantStatus[];
  danger: boolean;
  done: string;
}

const actions: Readonly<Record<Action, ActionWords>> = {
  suspend: {
    label: 'Suspend',
    about: 'Nobody of this organisation can read or change anything until it is reactivated. Its data stays.',
    from: ['active', 'quarantined', 'locked'],
    danger: false,
    done: 'Suspended',
  },
  reactivate: {
    label: 'Reactivate',
    about: 'People can sign in and work again.',
    from: ['suspended', 'locked', 'quarantined'],
    danger: false,
    done: 'Active again',
  },
  lockdown: {
    label: 'Lock down',
    about: 'For emergencies: everyone is signed out at once, on every server, and nobody gets in again.',
    from: ['active', 'suspended', 'quarantined'],
    danger: true,
    done: 'Locked down',
  },
  deprovision: {
    label: 'Remove',
    about:
      'Closes the organisation at once. Its data is exported and kept for a grace period, then deleted for good.',
    from: ['active', 'suspended', 'locked', 'quarantined', 'failed'],
    danger: true,
    done: 'Removed',
  },
  restore: {
    label: 'Bring back',
    about: 'Within the grace period nothing is lost.',
    from: ['deprovisioned'],
    danger: false,
    done: 'Brought back',
  },
};

/** What operators can do to an organisation, each with what it means, and only what is possible now. */
export function TenantActions({ tenant }: { tenant: Tenant }) {
  const client = useTRPCClient();
  const [open, setOpen] = useState<Action | null>(null);
  const command = useCommand(
    ({ action, reason }: { action: Action; reason: string }): Promise<unknown> => {
      const { id } = tenant;
      const said = reason === '' ? {} : { reason };
      switch (action) {
        case 'suspend':
          return client.admin.tenants.suspend.mutate({ id, ...said });
        case 'reactivate':
          return client.admin.tenants.reactivate.mutate({ id });
        case 'lockdown':
          return client.admin.tenants.lockdown.mutate({ id, ...said });
        case 'deprovision':
          return client.admin.tenants.deprovision.mutate({ id, confirm: tenant.slug });
        case 'restore':
          return client.admin.tenants.reactivate.mutate({ id });
      }
    },
    () => {
      if (open) notifyDone(actions[open].done, tenant.name);
      setOpen(null);
    },
  );
  const possible = (Object.keys(actions) as Action[]).filter((action) =>
    actions[action].from.includes(tenant.status),
  );
  const close = () => {
    setOpen(null);
    command.reset();
  };

  return (
    <>
      <Section title="What can be done">
        {possible.map((action) => (
          <div key={action} className={classes.danger}>
            <div>
              <p>{actions[action].about}</p>
            </div>
            <Button
              variant={actions[action].danger ? 'outline' : 'default'}
              {...(actions[action].danger ? { color: 'red' } : {})}
              onClick={() => {
                setOpen(action);
              }}
            >
              {actions[action].label}
            </Button>
          </div>
        ))}
        {possible.length === 0 ? <p className={classes.quiet}>Nothing while this is under way.</p> : null}
        {tenant.deleteAfter ? (
          <p className={classes.quiet}>Deleted for good after {formatInstant(tenant.deleteAfter)}.</p>
        ) : null}
      </Section>
      <Section title="See also">
        <p className={classes.outcome}>
          <AppLink to={adminPaths.auditOf(tenant.id)}>Audit trail of this organisation</AppLink>
        </p>
        <p className={classes.outcome}>
          <AppLink to={adminPaths.migrations}>Migrations</AppLink>
        </p>
      </Section>
      <ConfirmDialog
        opened={open !== null && open !== 'deprovision'}
        onClose={close}
        title={open ? `${actions[open].label}: ${tenant.name}` : ''}
        confirmLabel={open ? actions[open].label : ''}
        danger={open ? actions[open].danger : false}
        {...(open === 'suspend' || open === 'lockdown'
          ? { reason: { label: 'Reason, for the audit trail', required: false, maxLength: 300 } }
          : {})}
        busy={command.busy}
        problem={command.problem}
        onConfirm={(reason) => {
          if (open) command.run({ action: open, reason });
        }}
      >
        {open ? actions[open].about : ''}
      </ConfirmDialog>
      <TypedConfirmDialog
        opened={open === 'deprovision'}
        onClose={close}
        title={`Remove ${tenant.name}`}
        expected={tenant.slug}
        confirmLabel="Remove this organisation"
        busy={command.busy}
        problem={command.problem}
        onConfirm={() => {
          command.run({ action: 'deprovision', reason: '' });
        }}
      >
        {actions.deprovision.about} {tenant.users} {tenant.users === 1 ? 'person loses' : 'people lose'}{' '}
        access.
      </TypedConfirmDialog>
    </>
  );
}
