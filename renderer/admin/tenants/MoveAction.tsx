import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ClusterHealth, Tenant } from '../../../server/tenancy/tenants.contract.ts';
import type { TenantStatus } from '../../../server/control-plane/tenant-status.contract.ts';
import { useTRPCClient } from '../../lib/services.tsx';
import { AppLink } from '../../ui/AppLink.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { adminPaths } from '../admin-paths.ts';
import { clusterChoice, leastFilled } from '../clusters/cluster-words.ts';
import { useClusters } from '../clusters/use-clusters.ts';
import { useOperatorCommand } from '../lib/operator-command.ts';
import { focusTitleIfLost } from '../lib/title-focus.ts';
import { ActionRow } from './ActionRow.tsx';
import { ShortList } from '../../ui/ShortList.tsx';

const movable: ReadonlySet<TenantStatus> = new Set(['active', 'quarantined', 'suspended', 'locked']);

/** Moves an organisation to another server; absent when there is no other server or its state doesn't allow it. */
export function MoveAction({ tenant }: { tenant: Tenant }) {
  const { items } = useClusters();
  const [open, setOpen] = useState(false);
  const others = items.filter(({ name }) => name !== tenant.cluster);
  if (others.length === 0 || tenant.movingTo !== null || !movable.has(tenant.status)) return null;
  const isBehind = tenant.schemaVersion < tenant.latestSchemaVersion;
  const allDown = others.every(({ health }) => health === 'down');
  return (
    <>
      <ActionRow
        about={
          isBehind ? (
            <Trans>
              To be moved to another cluster it must be at the latest schema.{' '}
              <AppLink to={adminPaths.migrations}>Migrate it first</AppLink>
            </Trans>
          ) : allDown ? (
            t`It could be moved to another cluster, but none of the others answers.`
          ) : (
            t`Takes it to another cluster while its people work on.`
          )
        }
      >
        <Button
          variant="default"
          disabled={isBehind || allDown}
          onClick={() => {
            setOpen(true);
          }}
        >{t`Move`}</Button>
      </ActionRow>
      <MoveDialog
        tenant={tenant}
        others={others}
        opened={open}
        onClose={() => {
          setOpen(false);
        }}
      />
    </>
  );
}

function MoveDialog({
  tenant,
  others,
  opened,
  onClose,
}: {
  tenant: Tenant;
  others: readonly ClusterHealth[];
  opened: boolean;
  onClose: () => void;
}) {
  const client = useTRPCClient();
  const [choice, choose] = useState<string | null>(null);
  const chosen = choice ?? leastFilled(others)?.name ?? '';
  const command = useOperatorCommand(
    (cluster: string) => client.admin.tenants.move.mutate({ id: tenant.id, cluster }),
    () => {
      choose(null);
      onClose();
      focusTitleIfLost();
    },
  );
  const close = () => {
    choose(null);
    command.leave();
    onClose();
  };
  return (
    <ConfirmDialog
      opened={opened}
      onClose={close}
      title={t`Move ${tenant.name}`}
      confirmLabel={t`Move to ${chosen}`}
      busy={command.busy}
      problem={command.problem}
      onConfirm={() => {
        if (chosen !== '') command.run(chosen);
      }}
    >
      <ShortList
        label={t`To the cluster`}
        data={others.map(clusterChoice)}
        value={chosen}
        onChange={(next) => {
          if (next) choose(next);
        }}
        mb="sm"
      />
      {t`Its rows are copied from ${tenant.cluster} while its people work. At the end changes wait a moment, most often less than a second and never more than a minute; reading goes on. Then it lives there, and the database on ${tenant.cluster} is deleted. If anything fails it stays where it is and nothing is lost.`}
    </ConfirmDialog>
  );
}
