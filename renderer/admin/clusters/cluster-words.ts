import { plural, t } from '@lingui/core/macro';
import type { ClusterHealth } from '../../../server/tenancy/tenants.contract.ts';
import type { Tone } from '../../ui/StatusBadge.tsx';

/** A server with this share of its connections open is nearly full: tenants begin to wait for one. */
const nearlyFull = 0.85;

export function isNearlyFull({ connections, maxConnections }: ClusterHealth): boolean {
  return connections !== null && maxConnections !== null && connections >= maxConnections * nearlyFull;
}

/** A server's state in a word. */
export function clusterState(cluster: ClusterHealth): { label: string; tone: Tone } {
  if (cluster.health === 'down') return { label: t`No answer`, tone: 'bad' };
  if (isNearlyFull(cluster)) return { label: t`Nearly full`, tone: 'waiting' };
  return { label: t`Healthy`, tone: 'good' };
}

export function organisations(count: number): string {
  return plural(count, { one: '# organisation', other: '# organisations' });
}

/** The servers of a list in a sentence: `east and west`. */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names);
}

/** A server as a choice: `east · 3 organisations · closed`. */
export function clusterChoice(cluster: ClusterHealth): { value: string; label: string; disabled: boolean } {
  const down = cluster.health === 'down';
  const remark = down ? t` · no answer` : cluster.acceptsTenants ? '' : t` · closed`;
  return {
    value: cluster.name,
    label: `${cluster.name} · ${organisations(cluster.tenants)}${remark}`,
    disabled: down,
  };
}

/** The server to propose: it answers, is open if any is, and holds the fewest. */
export function leastFilled(clusters: readonly ClusterHealth[]): ClusterHealth | undefined {
  return clusters
    .filter(({ health }) => health !== 'down')
    .toSorted(
      (one, other) =>
        Number(other.acceptsTenants) - Number(one.acceptsTenants) || one.tenants - other.tenants,
    )[0];
}

/** Whether the platform can place a new organisation by itself. */
export function isOpenSomewhere(clusters: readonly ClusterHealth[]): boolean {
  return clusters.some(({ acceptsTenants }) => acceptsTenants);
}

/** Where the platform places the next organisation: the open server with the fewest, whether it answers or not. */
export function nextPlace(clusters: readonly ClusterHealth[]): ClusterHealth | undefined {
  return clusters
    .filter(({ acceptsTenants }) => acceptsTenants)
    .toSorted((one, other) => one.tenants - other.tenants)[0];
}
