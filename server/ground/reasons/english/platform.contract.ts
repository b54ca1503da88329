/** Obstacles to making, moving, migrating or removing tenants and clusters. */
export const platform = {
  'tenant.confirm_slug': 'Type the short name of the tenant ({slug}) to confirm.',
  'tenant.busy': 'Something else is being done to this tenant right now. Wait until it has finished.',
  'tenant.not_in_status': 'The tenant is {status}; this is not possible now.',
  'tenant.id_used': 'This id belongs to another tenant.',
  'tenant.slug_used': 'The short name {slug} is taken.',
  'tenant.slug_used_by_deleted':
    'The short name {slug} is taken by a tenant that is being deleted and can still be brought back.',
  'tenant.slug_used_by_unfinished':
    'The short name {slug} is taken by a tenant that is being made right now.',
  'tenant.slug_used_at_restore': 'The short name {slug} is taken. Give another one.',
  'tenant.there_already': '{name} ({slug}) is there already, {status}. Nothing was changed.',
  'tenant.database_there_already': 'A database {database} is there already. Nothing was changed.',
  'tenant.names_used':
    'The database server has {what, select, database {a database} login {a login} other {a database and a login}} named {name} already, which this installation did not make. Choose another short name.',
  'tenant.made_elsewhere':
    'Another process has been making this tenant for several minutes. Check again later.',
  'tenant.server_stopping': 'The server is stopping. The tenant will be finished later.',
  'tenant.step_refused': 'The database refused this step.',
  'tenant.not_made': 'It could not be made.',
  'tenant.not_made_because': '{cause}',
  'tenant.not_finished':
    'The tenant is not finished: a server it needs does not answer. Work goes on by itself when that server is back, or when you ask again.',

  'move.under_way': '{name} is being moved to {cluster}.',
  'move.wait': '{name} is being moved to {cluster}. Wait until that has finished.',
  'move.begun': '{name} is being moved already.',
  'move.not_in_status': 'The tenant is {status}; it cannot be moved now.',
  'move.there_already': '{name} is on {cluster} already.',
  'move.migrate_first':
    'Migrate the tenant before it is moved. It has version {version}, this server makes version {latest}.',
  'move.failed': 'The tenant could not be moved and is where it was. {cause}',
  'move.taken_back': 'The move was taken back.',
  'move.taken_back_because': 'The move was taken back. {cause}',

  'migration.template_failed': '{cause} No tenant was touched.',
  'migration.no_run': 'Another process holds the migration lock but shows no run. Try again.',
  'migration.no_database': 'This tenant has no database that could be migrated now.',
  'migration.other_run':
    'A run started by {startedBy} on {node} is under way: {done} of {total} done. Try again when it has finished.',
  'migration.run_failed': '{cause}',

  'cluster.not_found': 'There is no cluster {cluster}.',
  'cluster.known': 'This server is known as {cluster} already.',
  'cluster.main_stays': 'The cluster main holds the control plane: it stays.',
  'cluster.has_tenants': 'Tenants live on {cluster}: move them away first.',
  'cluster.none_reachable': 'No cluster that takes new tenants can be reached right now.',
  'cluster.unreachable': 'The server cannot be reached: {cause}',
  'cluster.too_old': 'The server must be PostgreSQL 15 or newer.',
  'cluster.rights_missing': 'The login needs CREATEDB, CREATEROLE and BYPASSRLS (or superuser).',
  'cluster.extensions_missing': 'The server lacks the extensions pg_trgm and btree_gin.',
} as const;
