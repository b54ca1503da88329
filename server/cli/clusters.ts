/**
 * npm run clusters [-- list] | -- add --name=east [--tenant-endpoint=host:port] | -- open|close|remove --name=east
 *   | -- pooler --name=east [--tenant-endpoint=host:port]
 * The PostgreSQL servers tenants live on. `add` takes the administrative login's address from QM_CLUSTER_URL, since what
 * stands in a command line can be read by everybody on the machine; repeated, it changes the address. `pooler` says what the tenants' logins
 * connect to instead of the server itself; without an endpoint it is the server again.
 */
import { parseArgs } from 'node:util';
import { clustersHealth } from '../admin/tenants/clusters.repo.ts';
import { clusterNameSchema } from '../tenancy/tenants.contract.ts';
import { recordWith } from '../control-plane/audit-trail.ts';
import { runTenancyCommand, UsageError } from './tenancy-command.ts';
import type { Command } from './tenancy-command.ts';

const actions = ['list', 'add', 'pooler', 'open', 'close', 'remove'] as const;
type Action = (typeof actions)[number];

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { name: { type: 'string' }, 'tenant-endpoint': { type: 'string' } },
  });
  const [action = 'list', ...rest] = positionals;
  if (!isAction(action) || rest.length > 0) {
    throw new UsageError(`What is to be done? There are ${actions.join(', ')}.`);
  }
  if (action === 'list') return { action, name: '', url: '', endpoint: undefined };
  if (values.name === undefined) throw new UsageError('Which cluster? Give its name: --name=east');
  const url = process.env.QM_CLUSTER_URL ?? '';
  if (action === 'add' && !/^postgres(ql)?:\/\//.test(url)) {
    throw new UsageError(
      'Set QM_CLUSTER_URL to the administrative login: postgresql://user:password@host:5432/postgres',
    );
  }
  const endpoint = values['tenant-endpoint'];
  if (endpoint !== undefined && !/^[^\s:]+:\d{1,5}$/.test(endpoint)) {
    throw new UsageError('--tenant-endpoint is the address of a pooler: host:port');
  }
  return { action, name: clusterNameSchema.parse(values.name), url, endpoint };
}

function isAction(text: string): text is Action {
  return (actions as readonly string[]).includes(text);
}

async function clusters(command: Command, options: ReturnType<typeof readOptions>): Promise<void> {
  const { tenancy, say, trace } = command;
  const { action, name, url, endpoint } = options;
  switch (action) {
    case 'list':
      return list(command);
    case 'add':
      if (name === 'main')
        throw new UsageError('The cluster main is the server of DATABASE_URL: change it there.');
      await tenancy.clusters.put(name, url, endpoint);
      say(`${name} is known, and new tenants are placed where the fewest are.`);
      say(`  to move a tenant there:  npm run move:tenant -- --tenant-id=acme --to=${name}`);
      break;
    case 'pooler':
      await tenancy.clusters.setTenantEndpoint(name, endpoint);
      say(
        `The tenants on ${name} are reached at ${endpoint ?? 'the server itself'}, by every node within a minute.`,
      );
      break;
    case 'remove':
      await tenancy.clusters.remove(name);
      say(`${name} is forgotten. Nothing on it was changed.`);
      break;
    default:
      await tenancy.clusters.setOpen(name, action === 'open');
      say(
        action === 'open' ? `${name} takes new tenants.` : `${name} takes no new tenants; those it has stay.`,
      );
  }
  await recordWith(tenancy.control.pool, {
    action: 'cluster.changed',
    outcome: 'done',
    ...trace,
    subject: name,
    details: { change: action },
  });
}

async function list({ tenancy, say }: Command): Promise<void> {
  for (const cluster of await clustersHealth(tenancy.control, tenancy.clusters)) {
    const {
      name,
      address,
      tenants,
      acceptsTenants,
      health,
      version,
      latencyMs,
      connections,
      maxConnections,
    } = cluster;
    const how =
      health === 'healthy'
        ? `PostgreSQL ${version ?? '?'}, ${String(latencyMs)} ms, ${String(connections)} of ${String(maxConnections)} connections`
        : 'cannot be reached';
    const open = acceptsTenants ? '' : ', takes no new ones';
    say(
      `${health === 'healthy' ? '✓' : '✗'} ${name}  ${address}  ${String(tenants)} tenant(s)${open}  ${how}`,
    );
  }
}

await runTenancyCommand(readOptions, clusters);
