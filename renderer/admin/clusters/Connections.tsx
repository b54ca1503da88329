import { t } from '@lingui/core/macro';
import type { ClusterHealth } from '../../../server/tenancy/tenants.contract.ts';
import { formatCount, nothing } from '../../ui/formats.ts';
import { isNearlyFull } from './cluster-words.ts';
import classes from './clusters.module.css';

/** How many of a server's connections are open: a bar, and the figures it stands for. */
export function Connections({ cluster }: { cluster: ClusterHealth }) {
  const { connections, maxConnections } = cluster;
  if (connections === null || maxConnections === null) return nothing;
  return (
    <span className={classes.connections} data-full={isNearlyFull(cluster) || undefined}>
      <span
        className={classes.bar}
        role="meter"
        aria-label={t`Connections`}
        aria-valuemin={0}
        aria-valuemax={maxConnections}
        aria-valuenow={connections}
      >
        <span style={{ width: `${String(Math.min(100, (connections / maxConnections) * 100))}%` }} />
      </span>
      <span>
        {formatCount(connections)}{' '}
        <span className={classes.quiet}>{t`of ${formatCount(maxConnections)}`}</span>
      </span>
    </span>
  );
}
