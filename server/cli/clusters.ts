/**
 * npm run clusters [-- list] | -- add --name=east [--tenant-endpoint=host:port] | -- open|close|remove --name=east | --
 * pooler --name=east [--tenant-endpoint=host:port] The PostgreSQL servers tenants live on. `add` takes the
 * administrative login's address from QM_CLUSTER_URL, since everybody on the machine can read a command line; repeated,
 * it changes the address. `pooler` says what the tenants' logins connect to instead of the server itself; without an
 * endpoint it is the server again.
 */
import { parseArgs } from 'node:util';
import { clustersHealth } from '../admin/tenants/clusters.repo.ts';
import { clusterNameSchema } from '../tenancy/tenants.contract.ts';
import { recordWith } from '../control-plane/audit-trail.ts';
import { runTenancyCommand, UsageError } from './tenancy-command.ts';
import type { Command } from './tenancy-command.ts';
import { words } from './words/words.ts';

const actions = ['list', 'add', 'pooler', 'open', 'close', 'remove'] as const;
type Action = (typeof actions)[number];

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { name: { type: 'string' }, 'tenant-endpoint': { type: 'string' } },
  });
  const [action = 'list', ...rest] = positionals;
  if (!isAction(action) || rest.length > 0) {
    throw new UsageError(words('clusters.what', { choices: actions.join(', ') }));
  }
  if (action === 'list') return { action, name: '', url: '', endpoint: undefined };
  if (values.name === undefined) throw new UsageError(words('clusters.which'));
  const url = process.env.QM_CLUSTER_URL ?? '';
  if (action === 'add' && !/^postgres(ql)?:\/\//.test(url)) {
    throw new UsageError(words('clusters.url'));
  }
  const endpoint = values['tenant-endpoint'];
  if (endpoint !== undefined && !/^[^\s:]+:\d{1,5}$/.test(endpoint)) {
    throw new UsageError(words('clusters.endpoint'));
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
      if (name === 'main') throw new UsageError(words('clusters.main'));
      await tenancy.clusters.put(name, url, endpoint);
      say(words('clusters.known', { name }));
      say(words('clusters.move_there', { command: `npm run move:tenant -- --tenant-id=acme --to=${name}` }));
      break;
    case 'pooler':
      await tenancy.clusters.setTenantEndpoint(name, endpoint);
      say(
        endpoint === undefined
          ? words('clusters.reached_itself', { name })
          : words('clusters.reached_at', { name, endpoint }),
      );
      break;
    case 'remove':
      await tenancy.clusters.remove(name);
      say(words('clusters.forgotten', { name }));
      break;
    default:
      await tenancy.clusters.setOpen(name, action === 'open');
      say(words(action === 'open' ? 'clusters.opened' : 'clusters.closed', { name }));
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
        ? words('clusters.healthy', {
            version: version ?? '?',
            ms: String(latencyMs),
            connections: String(connections),
            most: String(maxConnections),
          })
        : words('clusters.unreachable');
    say(
      words('clusters.line', {
        sign: health === 'healthy' ? '✓' : '✗',
        name,
        address,
        count: tenants,
        open: acceptsTenants ? 'yes' : 'no',
        how,
      }),
    );
  }
}

await runTenancyCommand(readOptions, clusters);
