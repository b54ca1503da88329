import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../fixtures/command.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';

let installation: Installation;
let token: string;
const ids = { warehouse: randomUUID(), bin: randomUUID(), product: randomUUID() };
const acme = (text: string, values: unknown[] = []) =>
  installation.sql(`${installation.prefix}_t_acme`, text, values);

beforeAll(async () => {
  installation = await startInstallation();
  const { id } = await installation.provision('acme');
  await installation.provision('globex');
  token = await installation.open(installation.ownerOf('acme'));
  await acme(`insert into warehouses (id, tenant_id, code, name) values ($1, $2, 'MUM', 'Mumbai')`, [
    ids.warehouse,
    id,
  ]);
  await acme(
    `insert into bins (id, tenant_id, warehouse_id, code, kind, is_default) values ($1, $2, $3, 'MAIN', 'storage', true)`,
    [ids.bin, id, ids.warehouse],
  );
  const made = await installation.node.mutate('products.create', {
    token,
    input: {
      id: ids.product,
      sku: 'BOLT-8',
      name: 'Bolt M8',
      category: 'Fasteners',
      unit: 'PCS',
      hsnCode: '7318',
      taxClass: 'GST18',
    },
    key: randomUUID(),
  });
  expect(made.text).toContain('BOLT-8');
  for (const [quantity, unitCost] of [
    ['10', '3.33'],
    ['-4', undefined],
  ]) {
    const posted = await installation.node.mutate('inventory.adjust', {
      token,
      key: randomUUID(),
      input: {
        id: randomUUID(),
        productId: ids.product,
        warehouseId: ids.warehouse,
        quantity,
        unitCost,
        reason: 'correction',
      },
    });
    expect(posted.status, posted.text).toBe(200);
  }
});
afterAll(() => installation.close());

test('says of every tenant that its stock adds up', async () => {
  const { code, stdout } = await runCommand(installation, 'reconcile');
  expect(stdout).toContain('✓ acme: reconciled (1 place, 2 movements).');
  expect(stdout).toContain('✓ globex: reconciled');
  expect(code).toBe(0);
});

test('names the rows that differ with what they should be, and ends with 1', async () => {
  await acme(
    'update inventory set quantity_on_hand = 7, quantity_reserved = 2, valuation = valuation + 1, quantity_in_transit = 5',
  );
  const one = await runCommand(installation, 'reconcile', '--tenant-id=acme');
  expect(one.stdout).toContain('✗ acme: 4 differences');
  expect(one.stdout).toContain('BOLT-8 · MUM/MAIN: on hand is 7.000, should be 6.000');
  expect(one.stdout).toContain('BOLT-8 · MUM/MAIN: value is 20.98, should be 19.98');
  expect(one.stdout).toContain('BOLT-8 · MUM/MAIN: reserved is 2.000, should be 0.000');
  expect(one.stdout).toContain('BOLT-8 · MUM: in transit is 5.000, should be 0.000');
  expect(one.stderr).toContain('Not reconciled: acme');
  expect(one.code).toBe(1);
  const other = await runCommand(installation, 'reconcile', '--tenant-id=globex');
  expect(other.code).toBe(0);
  const nobody = await runCommand(installation, 'reconcile', '--tenant-id=nobody');
  expect([nobody.code, nobody.stderr]).toEqual([1, 'There is no tenant nobody in use.\n']);
});
