import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/services.tsx';
import { formatCount } from '../../ui/formats.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { healthWords } from './tenant-words.ts';
import classes from './tenants.module.css';

/** The PostgreSQL servers the organisations live on, one line. */
export function Clusters() {
  const trpc = useTRPC();
  const clusters = useQuery({ ...trpc.admin.tenants.clusters.queryOptions(), refetchInterval: 10_000 });
  return (
    <section className={classes.clusters} aria-label="Clusters">
      {clusters.data?.items.map((cluster) => (
        <span key={cluster.name} className={classes.cluster}>
          <span className={classes.clusterName}>{cluster.name}</span>
          <StatusBadge tone={healthWords[cluster.health].tone}>
            {healthWords[cluster.health].label}
          </StatusBadge>
          <span className={classes.quiet}>
            {[
              cluster.version ? `PostgreSQL ${cluster.version}` : null,
              cluster.latencyMs === null ? null : `${cluster.latencyMs.toFixed(1)} ms`,
              `${formatCount(cluster.tenants)} ${cluster.tenants === 1 ? 'organisation' : 'organisations'}`,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
      ))}
      {clusters.isError ? (
        <span className={classes.quiet}>The clusters’ health is not known just now.</span>
      ) : null}
      {clusters.isPending ? <span className={classes.quiet}>Asking the clusters…</span> : null}
    </section>
  );
}
