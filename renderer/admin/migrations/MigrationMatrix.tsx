import { Button, Loader } from '@mantine/core';
import { IconCheck, IconCircleDashed, IconX } from '@tabler/icons-react';
import type { MigrationStatus } from '../../../server/admin/migrations/migrations.contract.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import { Code } from '../../ui/Figures.tsx';
import { formatInstant } from '../../ui/formats.ts';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';
import { adminPaths } from '../admin-paths.ts';
import classes from './migrations.module.css';

type Tenant = MigrationStatus['tenants'][number];
type CellState = 'applied' | 'pending' | 'running' | 'quarantined';

const stateWords: Readonly<Record<Tenant['state'], { label: string; tone: Tone }>> = {
  current: { label: 'Up to date', tone: 'good' },
  pending: { label: 'Waiting', tone: 'waiting' },
  running: { label: 'Under way', tone: 'progress' },
  quarantined: { label: 'Quarantined', tone: 'bad' },
};

const marks: Readonly<Record<CellState, React.ReactNode>> = {
  applied: <IconCheck size={15} aria-label="Applied" />,
  pending: <IconCircleDashed size={15} aria-label="Waiting" />,
  running: <Loader size={13} aria-label="Under way" />,
  quarantined: <IconX size={15} aria-label="Failed" />,
};

/** Newest versions shown; older ones are behind everyone. */
const shownVersions = 14;

/** What one version is to one tenant: a failed or running one stands right after the last that was applied. */
export function cellState(tenant: Pick<Tenant, 'schemaVersion' | 'state'>, version: number): CellState {
  if (version <= tenant.schemaVersion) return 'applied';
  if (
    version === tenant.schemaVersion + 1 &&
    (tenant.state === 'running' || tenant.state === 'quarantined')
  ) {
    return tenant.state;
  }
  return 'pending';
}

/** Organisations down, versions across; the template stands first because it goes first. */
export function MigrationMatrix({
  status,
  running,
  onMigrate,
}: {
  status: MigrationStatus;
  running: boolean;
  onMigrate: (tenant: Tenant) => void;
}) {
  const versions = status.migrations.slice(-shownVersions);
  return (
    <div className={classes.wrap} tabIndex={0} role="region" aria-label="Migration matrix">
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col">Organisation</th>
            <th scope="col">State</th>
            {versions.map((migration) => (
              <th
                scope="col"
                key={migration.version}
                className={classes.version}
                title={`${migration.name}${migration.transactional ? '' : ' (outside of a transaction)'}`}
              >
                {migration.version}
              </th>
            ))}
            <th scope="col">Last run</th>
            <th scope="col">What happened</th>
            <th scope="col" aria-label="Migrate" />
          </tr>
        </thead>
        <tbody>
          <tr className={classes.template}>
            <th scope="row">Template for new organisations</th>
            <td />
            {versions.map(({ version }) => (
              <VersionCell key={version} state={version <= status.template ? 'applied' : 'pending'} />
            ))}
            <td />
            <td />
            <td />
          </tr>
          {status.tenants.map((tenant) => (
            <tr key={tenant.tenantId}>
              <th scope="row">
                <AppLink to={adminPaths.tenant(tenant.tenantId)}>{tenant.name}</AppLink>{' '}
                <Code>{tenant.slug}</Code>
              </th>
              <td>
                <StatusBadge tone={stateWords[tenant.state].tone}>
                  {stateWords[tenant.state].label}
                </StatusBadge>
              </td>
              {versions.map(({ version }) => (
                <VersionCell key={version} state={cellState(tenant, version)} />
              ))}
              <td>{formatInstant(tenant.lastRunAt)}</td>
              <td className={classes.error} title={tenant.error ?? ''}>
                {tenant.error ?? ''}
              </td>
              <td>
                {tenant.pending > 0 ? (
                  <Button
                    variant="default"
                    size="compact-xs"
                    disabled={running}
                    onClick={() => {
                      onMigrate(tenant);
                    }}
                  >
                    {tenant.state === 'quarantined' ? 'Try again' : 'Migrate'}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function VersionCell({ state }: { state: CellState }) {
  return (
    <td className={classes.version} data-state={state}>
      {marks[state]}
    </td>
  );
}
