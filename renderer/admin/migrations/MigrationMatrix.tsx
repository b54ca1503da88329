import { t } from '@lingui/core/macro';
import { hasWords } from '../../../server/ground/search-key.contract.ts';
import { Button, Loader, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCircleDashed, IconX } from '@tabler/icons-react';
import { memo, useState } from 'react';
import type { MigrationStatus } from '../../../server/tenancy/migrating/migrations.contract.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import { Code } from '../../ui/Figures.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { formatCount } from '../../ui/formats.ts';
import { formatInstant } from '../../ui/moments.ts';
import { EmptyState } from '../../ui/States.tsx';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';
import { StatusTabs } from '../../ui/StatusTabs.tsx';
import { adminPaths } from '../admin-paths.ts';
import classes from './migrations.module.css';
import { storedRecordText } from '../lib/stored-words.ts';

type Tenant = MigrationStatus['tenants'][number];
type CellState = 'applied' | 'pending' | 'running' | 'quarantined' | 'unknown';

const stateWords: Readonly<Record<Tenant['state'], { label: string; tone: Tone }>> = {
  current: { label: t`Up to date`, tone: 'good' },
  pending: { label: t`Waiting`, tone: 'waiting' },
  running: { label: t`Under way`, tone: 'progress' },
  quarantined: { label: t`Quarantined`, tone: 'bad' },
};

const marks: Readonly<Record<CellState, React.ReactNode>> = {
  applied: <IconCheck size={15} aria-label={t`Applied`} />,
  pending: <IconCircleDashed size={15} aria-label={t`Waiting`} />,
  running: <Loader size={13} aria-label={t`Under way`} />,
  quarantined: <IconX size={15} aria-label={t`Failed`} />,
  unknown: null,
};

/** Newest versions shown; older ones are behind everyone. */
const shownVersions = 14;

/** What one version is to one tenant: a failed or running one comes right after the last that was applied. */
export function cellState(
  tenant: Pick<Tenant, 'schemaVersion' | 'state'>,
  version: number,
  latest: number,
): CellState {
  if (version <= tenant.schemaVersion) return 'applied';
  // A migration of a newer server: this one has nothing to say about it.
  if (version > latest) return 'unknown';
  if (
    version === tenant.schemaVersion + 1 &&
    (tenant.state === 'running' || tenant.state === 'quarantined')
  ) {
    return tenant.state;
  }
  return 'pending';
}

const tabs = ['all', 'pending', 'running', 'quarantined', 'current'] as const;
type Tab = (typeof tabs)[number];

const byName = new Intl.Collator(undefined, { numeric: true });

/** The quarantined first, since they need someone; then by name. */
export function inOrder<T extends Pick<Tenant, 'state' | 'name'>>(tenants: readonly T[]): T[] {
  const rank = ({ state }: T) => (state === 'quarantined' ? 0 : 1);
  return [...tenants].sort((one, other) => rank(one) - rank(other) || byName.compare(one.name, other.name));
}

/** Organisations down, versions across; the template is first because it is migrated first. */
export function MigrationMatrix({
  status,
  running,
  onMigrate,
}: {
  status: MigrationStatus;
  running: boolean;
  onMigrate: (tenant: Tenant) => void;
}) {
  const [tab, setTab] = useState<Tab>('all');
  const [search, setSearch] = useState('');
  const newest = Math.max(status.latest, ...status.tenants.map((tenant) => tenant.schemaVersion));
  const first = Math.max(1, newest - shownVersions + 1);
  const versions = Array.from({ length: newest - first + 1 }, (_, index) => first + index);
  const nameOf = new Map(status.migrations.map((migration) => [migration.version, migration]));
  const shown = inOrder(status.tenants).filter(
    (tenant) => (tab === 'all' || tenant.state === tab) && hasWords(`${tenant.name} ${tenant.slug}`, search),
  );
  const labelOf = (one: Tab) => {
    const count =
      one === 'all' ? status.tenants.length : status.tenants.filter(({ state }) => state === one).length;
    return `${one === 'all' ? t`All` : stateWords[one].label} ${formatCount(count)}`;
  };
  return (
    <>
      {status.tenants.length === 0 ? null : (
        <FilterBar searchHint={t`Name or short name`} search={search} onSearch={setSearch}>
          <StatusTabs
            label={t`State`}
            tabs={tabs.map((one) => ({ label: labelOf(one), states: [one] }))}
            value={[tab]}
            onChange={([next]) => {
              setTab(tabs.find((one) => one === next) ?? 'all');
            }}
          />
        </FilterBar>
      )}
      <div className={classes.wrap} tabIndex={0} role="region" aria-label={t`Migration matrix`}>
        <table className={classes.matrix}>
          <thead>
            <tr>
              <th scope="col">{t`Organisation`}</th>
              <th scope="col">{t`State`}</th>
              {versions.map((version) => (
                <th
                  scope="col"
                  key={version}
                  className={classes.version}
                  title={titleOf(nameOf.get(version))}
                >
                  {version}
                </th>
              ))}
              <th scope="col">{t`Last run`}</th>
              <th scope="col" className={classes.happened}>{t`What happened`}</th>
              <th scope="col">
                <VisuallyHidden>{t`Migrate`}</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {tab === 'all' && search === '' ? (
              <tr className={classes.template}>
                <th scope="row">{t`Template for new organisations`}</th>
                <td />
                {versions.map((version) => (
                  <VersionCell
                    key={version}
                    state={cellState(
                      { schemaVersion: status.template, state: 'pending' },
                      version,
                      status.latest,
                    )}
                  />
                ))}
                <td />
                <td />
                <td />
              </tr>
            ) : null}
            {shown.map((tenant) => (
              <TenantRow
                key={tenant.tenantId}
                {...tenant}
                latest={status.latest}
                first={first}
                last={newest}
                running={running}
                onMigrate={onMigrate}
              />
            ))}
          </tbody>
        </table>
        {shown.length === 0 ? (
          <EmptyState
            title={status.tenants.length === 0 ? t`No organisation yet` : t`No organisation matches`}
            text={
              status.tenants.length === 0
                ? t`Once one is set up, its schema is shown here.`
                : t`Clear the search or choose another state.`
            }
          />
        ) : null}
      </div>
    </>
  );
}

function titleOf(migration: MigrationStatus['migrations'][number] | undefined): string {
  if (!migration) return t`Made by a newer server`;
  return `${migration.name}${migration.transactional ? '' : t` (outside of a transaction)`}`;
}

/** One organisation; drawn again only when something about it has changed, since all of them are read every moment. */
const TenantRow = memo(function TenantRow({
  latest,
  first,
  last,
  running,
  onMigrate,
  ...tenant
}: Tenant & {
  latest: number;
  first: number;
  last: number;
  running: boolean;
  onMigrate: (tenant: Tenant) => void;
}) {
  const ahead = tenant.schemaVersion > latest;
  const { tone, label } = ahead ? { tone: 'neutral' as const, label: t`Ahead` } : stateWords[tenant.state];
  const versions = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return (
    <tr data-state={tenant.state}>
      <th scope="row">
        <AppLink to={adminPaths.tenant(tenant.tenantId)}>{tenant.name}</AppLink> <Code>{tenant.slug}</Code>
      </th>
      <td>
        <StatusBadge tone={tone}>{label}</StatusBadge>
      </td>
      {versions.map((version) => (
        <VersionCell key={version} state={cellState(tenant, version, latest)} />
      ))}
      <td>{formatInstant(tenant.lastRunAt)}</td>
      <td className={classes.happened} title={storedRecordText(tenant.error) ?? ''}>
        <span>{storedRecordText(tenant.error) ?? (ahead ? t`A newer server has migrated it.` : '')}</span>
      </td>
      <td className={classes.act}>
        {!running && (tenant.pending > 0 || tenant.state === 'quarantined') ? (
          <Button
            variant="default"
            size="compact-xs"
            aria-label={`${tenant.state === 'quarantined' ? t`Try again` : t`Migrate`}: ${tenant.name}`}
            onClick={() => {
              onMigrate(tenant);
            }}
          >
            {tenant.state === 'quarantined' ? t`Try again` : t`Migrate`}
          </Button>
        ) : null}
      </td>
    </tr>
  );
});

function VersionCell({ state }: { state: CellState }) {
  return (
    <td className={classes.version} data-state={state}>
      {marks[state]}
    </td>
  );
}
