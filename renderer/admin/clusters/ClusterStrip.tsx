import { plural, t } from '@lingui/core/macro';
import { AppLink } from '../../ui/AppLink.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { adminPaths } from '../admin-paths.ts';
import { clusterState, organisations } from './cluster-words.ts';
import classes from './clusters.module.css';
import type { ClustersView } from './use-clusters.ts';

/** More servers than this are counted instead of named, those in trouble first. */
const named = 4;

/** The PostgreSQL servers the organisations live on, in one line that leads to their screen. */
export function ClusterStrip({ clusters }: { clusters: ClustersView }) {
  const { items, problem, loading } = clusters;
  const troubled = items.filter((cluster) => clusterState(cluster).tone !== 'good');
  const calm = items.filter((cluster) => clusterState(cluster).tone === 'good');
  const shown = [...troubled, ...calm].slice(0, Math.max(named, troubled.length));
  const left = items.length - shown.length;
  return (
    <section className={classes.strip} aria-label={t`Clusters`}>
      {shown.map((cluster) => (
        <span key={cluster.name} className={classes.stripItem}>
          <AppLink to={adminPaths.clusters} className={classes.name}>
            {cluster.name}
          </AppLink>
          <StatusBadge tone={clusterState(cluster).tone}>{clusterState(cluster).label}</StatusBadge>
          <span className={classes.quiet}>{organisations(cluster.tenants)}</span>
        </span>
      ))}
      {left > 0 ? (
        <AppLink to={adminPaths.clusters}>
          {plural(left, { one: '# more cluster, healthy', other: '# more clusters, healthy' })}
        </AppLink>
      ) : null}
      {problem ? (
        <span className={classes.quiet}>{t`The state of the clusters is not known just now.`}</span>
      ) : null}
      {loading ? <span className={classes.quiet}>{t`Asking the clusters…`}</span> : null}
    </section>
  );
}
