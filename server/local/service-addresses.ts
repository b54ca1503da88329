import { ExpectedError } from '../process/expected-error.mjs';
import { setUpWords } from '../process/words/set-up-words.mjs';

/** Where the services are and the keys to them. Carries secrets: never log it. */
export interface ServiceAddresses {
  /** The PostgreSQL server, with a login that may create databases and roles. */
  databaseUrl: string;
  /** What `createClient` of supabase-js wants. */
  authUrl: string;
  /** Only of the local auth server: where its mails are shown, and with them everybody's codes. */
  outboxUrl?: string;
  apiUrl: string;
  anonKey: string;
  serviceRoleKey: string;
  /** The auth server's own database, where it is at hand. */
  authDatabaseUrl?: string;
  /** QM_SECRET_KEY. */
  secretKey: string;
  /** Only where the local auth server signs with a shared secret (HS256). */
  jwtSecret?: string;
}

const required = ['SUPABASE_URL', 'SUPABASE_ANON_KEY', 'SUPABASE_SERVICE_ROLE_KEY', 'DATABASE_URL'] as const;

/**
 * The real services of the environment, or undefined for the local default.
 * @throws ExpectedError naming what is missing when only a part is set: half a real installation is a mistake.
 */
export function realServices(environment: NodeJS.ProcessEnv, apiPort: number): ServiceAddresses | undefined {
  const missing = required.filter((name) => !environment[name]?.trim());
  if (missing.length === required.length) return undefined;
  if (missing.length === 0 && !environment.QM_SECRET_KEY?.trim())
    throw new ExpectedError(setUpWords('real.no_secret_key'));
  if (missing.length > 0) {
    const present = required.filter((name) => !missing.includes(name));
    throw new ExpectedError(
      setUpWords('real.half', {
        present: list(present),
        arePresent: setUpWords(present.length > 1 ? 'real.are' : 'real.is'),
        missing: list(missing),
        areMissing: setUpWords(missing.length > 1 ? 'real.are' : 'real.is'),
      }),
    );
  }
  const value = (name: string) => environment[name]?.trim() ?? '';
  return {
    databaseUrl: value('DATABASE_URL'),
    authUrl: value('SUPABASE_URL'),
    apiUrl: `http://127.0.0.1:${apiPort}`,
    anonKey: value('SUPABASE_ANON_KEY'),
    serviceRoleKey: value('SUPABASE_SERVICE_ROLE_KEY'),
    secretKey: value('QM_SECRET_KEY'),
    ...(value('SUPABASE_DB_URL') === '' ? {} : { authDatabaseUrl: value('SUPABASE_DB_URL') }),
  };
}

function list(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length > 1 ? setUpWords('real.last', { others: names.slice(0, -1).join(', '), last }) : last;
}
