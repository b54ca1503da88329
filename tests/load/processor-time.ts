import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';

/** /proc counts in hundredths of a second on every Linux that Node runs on. */
const millisecondsPerTick = 10;

/** Processor time of the processes with these ids so far, in milliseconds; 0 where /proc does not exist. */
async function processorMs(pids: readonly number[]): Promise<number> {
  let total = 0;
  for (const pid of pids) {
    const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => '');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    total += (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * millisecondsPerTick;
  }
  return total;
}

async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const children: number[] = [];
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent) children.push(Number(pid));
  }
  return children;
}

/** Processor time of one side of a comparison: the server's process, and the database's processes together. */
export interface ProcessorTime {
  server: number;
  database: number;
}

/** The process all of PostgreSQL's backends are children of; undefined where /proc does not tell. */
async function postmasterOf(databaseUrl: string): Promise<number | undefined> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const stat = await readFile(`/proc/${String(rows[0]?.pid)}/stat`, 'utf8').catch(() => '');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) || undefined;
  } finally {
    await client.end();
  }
}

/**
 * A clock of the processor time spent so far. Unlike requests per second, it doesn't depend on what else the machine
 * does.
 */
export async function processorClock(
  serverPid: number,
  databaseUrl: string,
): Promise<() => Promise<ProcessorTime>> {
  const postmaster = await postmasterOf(databaseUrl);
  return async () => ({
    server: await processorMs([serverPid]),
    database: postmaster === undefined ? 0 : await processorMs(await childrenOf(postmaster)),
  });
}
