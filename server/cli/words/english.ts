/**
 * The commands' sentences for a person at a terminal, as ICU messages. Output for scripts (`--json`, `ready`) is not
 * among them.
 */
export const english = {
  'options.say_what': 'Say what: {choices}.',
  'options.wrong_flag': '--{flag} says nothing to {what}. There are: {flags}.',
  'options.no_flags': 'no flags',
  'options.missing': '--{flag} is missing, such as --{flag}={example}',
  'options.whole_number': '--{flag} must be a whole number from 1 to {most}.',
  'options.moment': '--{flag} must be a day or a moment, such as 2026-05-04 or 2026-05-04T10:00:00Z.',
  'options.email': '--{flag} must be an e-mail address.',
  'options.no_tenant': 'There is no tenant {tenant}.',
  'options.which_tenant': 'Which tenant? Give its short name: {example}',
  'options.argument': 'argument',
  'options.failed': 'That did not work: {cause}',

  'password.in_command_line':
    '--{flag} is not taken: everybody on this machine can read a command line. Use --{flag}-from=prompt, --{flag}-from=stdin or --{flag}-from=FILE instead.',
  'password.none': '--{flag}-from={from} gave no password.',
  'password.file': '--{flag}-from: the file {from} can’t be read.',
  'password.terminal': '--{flag}-from=prompt needs a terminal; use --{flag}-from=stdin here.',
  'password.ask': 'Password: ',
  'password.not_typed': 'No password was typed.',

  next_steps: 'Next steps:',

  'provision.there_already': '{name} ({tenant}) is there already and {status}. Nothing was changed.',
  'provision.begun': 'Provisioning {name} ({tenant}) …',
  'provision.active': '{name} is active after {ms} ms.',
  'provision.tenant': '  tenant     {id}',
  'provision.database': '  database   {database} on {cluster}, schema version {version}',
  'provision.login': '  login      {login}, password ****',
  'provision.owner': '  owner      {email}, password {password}',
  'provision.password_not_taken':
    'not taken: the address has an account already, and a mail asks its owner to prove it',
  'provision.password_as_given': 'as first given; who has lost it asks for a new one at the sign-in',
  'provision.sign_in': '  1. Sign in as {email}.',
  'provision.sign_in_and_change':
    '  1. Sign in as {email} with the password above and change it, as is asked; it is not shown again.',
  'provision.demo_data': '  2. Demo data, if wanted: {command}',

  'deprovision.grace_days': '--grace-days must be a whole number of days.',
  'deprovision.purged': 'Deleted: {tenants}.',
  'deprovision.nothing_to_purge': 'No tenant is past its grace period.',
  'deprovision.no_tenant': 'There is no tenant {tenant} (any more). Nothing was changed.',
  'deprovision.undone': '{name} ({tenant}) is active again.',
  'deprovision.confirm': 'This takes {name} away. Type its short name to confirm: --confirm={tenant}',
  'deprovision.rest_deleted': 'What was left of {tenant} is deleted.',
  'deprovision.closed': '{name} ({tenant}) is closed: everyone is signed out, nobody gets in.',
  'deprovision.export': '  export     {folder}',
  'deprovision.deleted_after': '  deleted    after {moment}',
  'deprovision.bring_back': '  to bring it back:  {command}',
  'deprovision.purge': '  to delete what is past its grace period:  {command}',

  'migrate.which':
    'Which tenants? Give one with --tenant-id=acme, or --all; --status says where all of them stand.',
  'migrate.seed_one': 'Demo data go into one tenant: --tenant-id=acme --seed',
  'migrate.parallel': '--parallel is a number from 1 to 32: tenants migrated at the same time.',
  'migrate.make_tenant': 'There is no tenant {tenant}. Make it: {command}',
  'migrate.failed': '{count} did not go well; the others are done. Repeat it once that is put right.',
  'migrate.done': 'Done.',
  'migrate.migrated': 'migrated to version {version} in {ms} ms',
  'migrate.current': 'is at version {version} already',
  'migrate.quarantined': 'quarantined at version {version}: {cause}',
  'migrate.skipped': 'skipped: {cause}',
  'migrate.plan_current': '{target} ({when}): nothing to do at version {to}',
  'migrate.plan': '{target} ({when}): {from} → {to}',
  'migrate.wave': 'wave {number}',
  'migrate.nothing_changed': 'Nothing was changed (dry run).',
  'migrate.no_demo_data': 'This installation comes without demo data.',
  'migrate.seeding': 'Filling {tenant} with demo data …',
  'migrate.has_data': '{tenant} has data already. Nothing was added.',

  'migrations.newest':
    'Newest schema: version {latest}. Tenants below version {minimum} are told that they are being upgraded.',
  'migrations.template': 'Template on {cluster}: version {version}',
  'migrations.template_unreachable': 'Template on {cluster}: cannot be reached',
  'migrations.no_run': 'No run yet.',
  'migrations.tenant': 'tenant',
  'migrations.version': 'version',
  'migrations.state': 'state',
  'migrations.ahead': 'ahead: a newer server has migrated it',
  'migrations.waiting': '{count} waiting',
  'migrations.up_to_date': 'up to date',
  'migrations.is_waiting': 'waiting',
  'migrations.under_way': 'under way',
  'migrations.quarantined': 'quarantined',
  'migrations.the_templates': 'the templates',
  'migrations.the_canary': 'the canary',
  'migrations.at': ', at {stage}',
  'migrations.run':
    'The run of {startedAt}, started by {startedBy} on {node}, {state, select, running {is under way} done {went well} failed {ended but not all went well} stopped {was stopped} other {was broken off; run it again}}: {done} of {total} done{at}; {migrated} migrated, {current} up to date, {quarantined} quarantined, {skipped} left out.',

  'export.done': '{name} ({tenant}) is exported to {folder}',
  'export.read_back': '  to read it back once the tenant is gone:  {command}',

  'restore.which': 'Which export? Give its folder: --from=…',
  'restore.people': '  {done} of {all} people can sign in',
  'restore.damaged': '{cause} Nothing was restored.',
  'restore.back': '{name} ({tenant}) is back.',
  'restore.rows': '  rows       {rows}',
  'restore.database': '  database   {database} on {cluster}, schema version {from} → {to}',
  'restore.sign_ins': '  sign-ins   {count}; who had lost the account is invited by e-mail',
  'restore.no_sign_in': '  no sign-in {email}: {reason}',
  'restore.waiting': '  to invite  {count}; the sign-in service sends no more mails for now',
  'restore.invite_later': '  invite the others in an hour: the same command again goes on with them',
  'restore.prove_stock': '  prove the stock:  {command}',

  'move.which': 'Which tenant, and where to? --tenant-id=acme --to=east',
  'move.earlier': '  an earlier move could not be ended: {cause}',
  'move.there_already': '{name} ({tenant}) lives on {cluster} already. Nothing was changed.',
  'move.begun': 'Moving {name} ({tenant}) from {from} to {to} …',
  'move.done': '{name} lives on {cluster} after {ms} ms.',
  'move.rows': '  rows       {rows}, the same on both sides',
  'move.changes': '  changes    waited {ms} ms; reading went on',
  'move.old_place': '  old place  deleted on {cluster}',

  'clusters.what': 'What is to be done? There are {choices}.',
  'clusters.which': 'Which cluster? Give its name: --name=east',
  'clusters.url':
    'Set QM_CLUSTER_URL to the administrative login: postgresql://user:password@host:5432/postgres',
  'clusters.endpoint': '--tenant-endpoint is the address of a pooler: host:port',
  'clusters.main': 'The cluster main is the server of DATABASE_URL: change it there.',
  'clusters.known': '{name} is known, and new tenants are placed where the fewest are.',
  'clusters.move_there': '  to move a tenant there:  {command}',
  'clusters.reached_at': 'The tenants on {name} are reached at {endpoint}, by every node within a minute.',
  'clusters.reached_itself':
    'The tenants on {name} are reached at the server itself, by every node within a minute.',
  'clusters.forgotten': '{name} is forgotten. Nothing on it was changed.',
  'clusters.opened': '{name} takes new tenants.',
  'clusters.closed': '{name} takes no new tenants; those it has stay.',
  'clusters.healthy': 'PostgreSQL {version}, {ms} ms, {connections} of {most} connections',
  'clusters.unreachable': 'cannot be reached',
  'clusters.line':
    '{sign} {name}  {address}  {count, plural, one {# tenant} other {# tenants}}{open, select, yes {} other {, takes no new ones}}  {how}',

  'secret_key.local':
    'The local default keeps a key of its own. This is for an installation with DATABASE_URL set.',
  'secret_key.short': 'Set QM_SECRET_KEY_NEW to a random text of 32 characters or more.',
  'secret_key.same': 'QM_SECRET_KEY_NEW is the same as QM_SECRET_KEY. Nothing was changed.',
  'secret_key.done': 'Done: QM_SECRET_KEY_NEW is the key now.',
  'secret_key.set':
    '  1. Set QM_SECRET_KEY to it wherever the server and its commands run, and keep it safe.',
  'secret_key.restart': '  2. Restart the servers when it suits; until then they go on as they are.',

  'reconcile.not_in_use': 'There is no tenant {tenant} in use.',
  'reconcile.unreadable': '✗ {tenant}: could not be read: {cause}',
  'reconcile.nothing': 'There is no tenant in use. Nothing to prove.',
  'reconcile.failed': 'Not reconciled: {tenants}. Nothing was changed; the ledger is the truth.',
  'reconcile.well':
    '✓ {tenant}: reconciled ({places, plural, one {# place} other {# places}}, {movements, plural, one {# movement} other {# movements}}).',
  'reconcile.differs':
    '✗ {tenant}: {count, plural, one {# difference} other {# differences}} ({places, plural, one {# place} other {# places}}, {movements, plural, one {# movement} other {# movements}}):',
  'reconcile.difference': '    {where}: {what} is {recorded}, should be {expected}',

  'operators.standing': '{email} is an operator already. Nothing was changed.',
  'operators.password':
    '{email} is an operator. The password is the one given; it must be changed at the first sign-in.',
  'operators.invited': '{email} is an operator. An invitation is on its way.',
  'operators.proof':
    '{email} has an account already. A mail asks its owner to prove the mailbox; from that sign-in on they are an operator. A password given here is not taken.',
  'operators.none': 'There is no operator yet: {command}',
  'operators.not_one': 'There is no operator {email} (any more). Nothing was changed.',
  'operators.removed':
    '{email} is no longer an operator: {count, plural, one {# session} other {# sessions}} ended.',
  'operators.last': 'That was the last one. Add another: {command}',

  'sessions.nobody': 'Nobody is known by the address {email}.',
  'sessions.everyone_out':
    'Everyone of {tenant} is signed out: {count, plural, one {# session} other {# sessions}} ended.',
  'sessions.out': '{email} is signed out: {count, plural, one {# session} other {# sessions}} ended.',
  'sessions.keep_out': 'They can sign in again; to keep everyone of a tenant out: {command}',
  'sessions.revoked': 'revoked',
  'sessions.expired': 'expired',
  'sessions.open': 'open',
  'sessions.keys_forgotten':
    'Every node forgets the signing keys it has, and fetches those that are valid now.',

  'tenants.suspended': '{name} ({tenant}) is suspended: nobody gets in until it is reactivated.',
  'tenants.locked':
    '{name} ({tenant}) is locked down: everyone is signed out, nobody gets in until it is reactivated.',
  'tenants.active': '{name} ({tenant}) is active.',
  'tenants.end_it': '  to end it:  {command}',
  'tenants.version_of': '{version} of {latest}',
  'tenants.none_in_use': 'There is no tenant in use.',
  'tenants.not_healthy': 'Not healthy: {tenants}.',

  'release.feed_busy': 'Another command (process {pid}) is changing {folder}. Try again when it is done.',
  'release.no_folder': '--{flag}: there is no folder {folder}.',
  'release.version': '{version} is not a version, such as 1.2.0 or 1.2.0-beta.1.',
  'release.channel': 'The channel is one of {channels}.',
  'release.percent': '--percent is a number from 0 to 100.',
  'release.url': '{url} is not an address updates may come from: https, or this machine.',
  'release.no_packages': 'There is no package of version {version} in {folder}.',
  'release.not_built': 'Nothing was published: the packages could not be built; what was said is above.',
  'release.no_bill': 'npm could not tell what the release is made of (npm sbom).',
  'release.published':
    'Version {version} is published on {channel} for {percent} % of the installations, in {feed}.',
  'release.uploaded': '{count, plural, one {# file} other {# files}} brought to the bucket.',
  'release.step_verify': '  look at it as a stranger would:  {command}',
  'release.step_promote': '  offer it to all:  {command}',
  'release.step_halt': '  withdraw it:  {command}',
  'release.promoted': 'Version {version} on {channel} is offered to {percent} % of the installations.',
  'release.halted': 'Version {version} on {channel} is withdrawn: nobody is offered it any more.',
  'release.offered_again': 'Version {version} on {channel} is offered again.',
  'release.refreshed': 'Snapshot and timestamp are signed again, valid until {until}.',
  'release.ends_soon':
    'What {role} signed is valid until {until}. From then on installations take no new version: docs/releasing.md says how it is signed again.',
  'release.nothing_there': 'The feed is sound, but {channel} has no package {version}.',
  'release.is_halted': 'withdrawn',
  'release.is_critical': 'all at once',
  'release.verified':
    '{count, plural, one {# package} other {# packages}} of {channel}: signatures, lengths and hashes are right.',

  'release_keys.ask': 'Passphrase of {key}: ',
  'release_keys.choose': 'New passphrase of {key}: ',
  'release_keys.once_more': 'The same once more: ',
  'release_keys.differ': 'These two are not the same. Type it again.',
  'release_keys.all_others': 'all other keys',
  'release_keys.passphrase_file': '--passphrase-from: the file {file} can’t be read.',
  'release_keys.no_passphrase':
    'Keys need a passphrase: --passphrase-from=prompt, stdin or FILE (a line for each root key, the last for all others). --unencrypted makes them without, for a disk that is itself locked.',
  'release_keys.made': '{count} keys are made in {folder}, and a feed is founded in {feed}.',
  'release_keys.taken': 'The key {key} of {file} takes the place.',
  'release_keys.rotated':
    'The keys of {role} are changed. Root version {root} says so; installations follow at their next look.',
  'release_keys.destroy': 'Destroy what is left of the keys that went: {keys}.',
  'release_keys.build_with_root': 'Build the next releases with {file}.',
  'release_keys.here': 'here',
  'release_keys.not_here': 'not here',

  'release_ceremony.one':
    '1. Do this on a computer without a network, with the three holders of the root keys in the room.',
  'release_ceremony.two':
    '2. Each holder takes one root file to a stick of their own, keeps its passphrase, and locks the stick away. Two of three are needed to change keys; nobody holds two.',
  'release_ceremony.three':
    '3. The targets file goes to a fourth stick, locked away too: it is needed only to change the keys of channels.',
  'release_ceremony.four':
    '4. The stable and beta files go to whoever publishes; snapshot and timestamp to the job that signs every night.',
  'release_ceremony.five':
    '5. Everybody reads the keys above aloud and signs a printout of this page. It stays with the papers of the company.',
  'release_ceremony.six':
    '6. Delete the files here. Serve {feed} by https, and build releases with its metadata/1.root.json.',

  'release_refused.repository_exists':
    '{folder} has a feed with keys already. They are changed by: npm run release:keys -- rotate',
  'release_refused.no_repository':
    'There is no feed in {folder}. One is made by: npm run release:keys -- make',
  'release_refused.key_missing': 'The key for {role} is not among those given: {ids}.',
  'release_refused.root_keys':
    'A new root is signed by {needed} of the three root keys; fewer are given. Nothing was changed.',
  'release_refused.key_unreadable':
    '{file} could not be opened: it is not a key, or its passphrase is wrong or missing. --passphrase-from=prompt asks for it.',
  'release_refused.key_kind': '{file} is not the public half of an Ed25519 key.',
  'release_refused.unknown_key': 'The feed knows no role and no key {key} (at least 8 characters of its id).',
  'release_refused.signer_failed': '{program} gave no signature for the key {key}.',
  'release_refused.other_bytes':
    '{name} has been published with other bytes. Give the release another version.',
  'release_refused.unknown_version': '{channel} has no version {version}.',
  'release_refused.lower_share':
    'Version {version} is offered to {percent} % already. A share only grows; to withdraw it: npm run release:halt',
  'release_refused.upload_failed':
    '{program} could not bring {name}. Repeat the command: it goes on from there.',

  'head.action': 'ACTION',
  'head.at_hand': 'AT HAND',
  'head.file': 'FILE',
  'head.key': 'KEY',
  'head.role': 'ROLE',
  'head.sha256': 'SHA-256',
  'head.share': 'SHARE',
  'head.valid_until': 'VALID UNTIL',
  'head.cluster': 'CLUSTER',
  'head.details': 'DETAILS',
  'head.device': 'DEVICE',
  'head.email': 'E-MAIL',
  'head.from': 'FROM',
  'head.health': 'HEALTH',
  'head.last_used': 'LAST USED',
  'head.latency': 'LATENCY MS',
  'head.name': 'NAME',
  'head.opened': 'OPENED',
  'head.outcome': 'OUTCOME',
  'head.place': 'PLACE',
  'head.reason': 'REASON',
  'head.sessions': 'SESSIONS',
  'head.since': 'SINCE',
  'head.size': 'SIZE MB',
  'head.state': 'STATE',
  'head.status': 'STATUS',
  'head.subject': 'SUBJECT',
  'head.tenant': 'TENANT',
  'head.user': 'USER',
  'head.users': 'USERS',
  'head.version': 'VERSION',
  'head.what_is_wrong': 'WHAT IS WRONG',
  'head.when': 'WHEN',
  'head.who': 'WHO',
} as const;
