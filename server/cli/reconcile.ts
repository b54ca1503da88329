/**
 * npm run reconcile [-- --tenant-id=acme]
 * Proves for one tenant, or for all, that the stock's running totals are what the ledger, the reservations and the open
 * purchase orders add up to, and names every row that differs. Changes nothing. Exit code 1 when something differs.
 */
import { parseArgs } from 'node:util';
import pg from 'pg';
import { ClientConnection, kyselyOnConnection } from '../db/dialect.ts';
import { wireTypes } from '../db/pg-types.ts';
import type { TenantDatabase } from '../db/tenant-schema.ts';
import { proveStock } from '../domains/inventory/stock-proof.service.ts';
import type { StockDifference, StockProof } from '../domains/inventory/stock-proof.service.ts';
import type { TenantRecord } from '../control-plane/tenant-records.ts';
import { runTenancyCommand, UsageError } from './tenancy-command.ts';
import type { Command } from './tenancy-command.ts';
import { words } from './words/words.ts';

/** A year of a large tenant's movements is read in one statement. */
const patience = '15min';

function readOptions() {
  const { values } = parseArgs({ options: { 'tenant-id': { type: 'string' } } });
  return { slug: values['tenant-id'] };
}

async function reconcile({ tenancy, say }: Command, { slug }: ReturnType<typeof readOptions>): Promise<void> {
  const inUse = await tenancy.records.inStatus(['active', 'quarantined', 'suspended', 'locked']);
  const chosen = slug === undefined ? inUse : inUse.filter((record) => record.slug === slug);
  if (slug !== undefined && chosen.length === 0)
    throw new UsageError(words('reconcile.not_in_use', { tenant: slug }));
  const wrong: string[] = [];
  for (const record of chosen) {
    const proof = await proofOf(tenancy, record).catch((error: unknown) => {
      say(
        words('reconcile.unreadable', {
          tenant: record.slug,
          cause: error instanceof Error ? error.message : String(error),
        }),
      );
      return undefined;
    });
    if (!proof || proof.differences.length > 0) wrong.push(record.slug);
    if (proof) report(record, proof, say);
  }
  if (chosen.length === 0) say(words('reconcile.nothing'));
  if (wrong.length > 0) {
    throw new UsageError(words('reconcile.failed', { tenants: wrong.join(', ') }));
  }
}

/** As the tenant's own login: row-level security holds here too. */
async function proofOf(tenancy: Command['tenancy'], record: TenantRecord): Promise<StockProof> {
  const client = new pg.Client({
    ...(await tenancy.records.address(record)),
    connectionTimeoutMillis: 10_000,
    application_name: 'quartermaster-reconcile',
    types: wireTypes,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(`set statement_timeout = '${patience}'`);
    const connection = new ClientConnection({ query: (config) => client.query(config), release: () => {} });
    return await proveStock(kyselyOnConnection<TenantDatabase>(connection));
  } finally {
    await client.end().catch(() => {});
  }
}

function report(record: TenantRecord, proof: StockProof, say: Command['say']): void {
  const read = { tenant: record.slug, places: Number(proof.places), movements: Number(proof.movements) };
  if (proof.differences.length === 0) {
    say(words('reconcile.well', read));
    return;
  }
  say(words('reconcile.differs', { ...read, count: proof.differences.length }));
  for (const difference of proof.differences) say(wordsOf(difference));
}

function wordsOf({ what, sku, warehouse, bin, document, expected, recorded }: StockDifference): string {
  const place = [warehouse, bin].filter((part) => part !== null).join('/');
  const where = [sku, place, document].filter((part) => part !== null && part !== '').join(' · ');
  return words('reconcile.difference', { where, what, recorded, expected });
}

await runTenancyCommand(readOptions, reconcile);
