import { afterAll, beforeAll, expect, test } from 'vitest';
import { companySize, makeDataset } from '../../tests/load/dataset.ts';
import { filterValues, listDoors, sampleRecords } from '../../tests/fixtures/list-doors.ts';
import type { Samples } from '../../tests/fixtures/list-doors.ts';
import { logPlans } from '../../tests/fixtures/logged-plans.ts';
import type { LoggedPlans } from '../../tests/fixtures/logged-plans.ts';
import { testPlatform } from '../../tests/fixtures/tenant.ts';
import type { TestPlatform } from '../../tests/fixtures/tenant.ts';
import { caller } from '../../tests/fixtures/trading.ts';
import type { Caller } from '../../tests/fixtures/trading.ts';

/** A fifth of the benchmark's company, half of its orders: large enough that PostgreSQL has a choice. */
const size = { ...companySize(0.2), purchaseOrders: 30_000, salesOrders: 30_000 };

let platform: TestPlatform;
let owner: Caller;
let plans: LoggedPlans;
let samples: Samples;

beforeAll(async () => {
  platform = await testPlatform();
  const large = await platform.tenant('planned');
  await makeDataset(large.adminUrl, size, () => {});
  plans = await logPlans(large.adminUrl);
  samples = await sampleRecords({
    query: async (text: string) => ({ rows: await large.query(text) }),
  } as Parameters<typeof sampleRecords>[0]);
  owner = caller(await large.as('owner'));
}, 240_000);
afterAll(() => platform.close());

/** Every order of a list with every filter it knows, one at a time. Lists and filters come from the router. */
test.each(listDoors)(
  '$name is read along an index by every order and filter',
  async (list) => {
    const [router = '', name = ''] = list.name.split('.');
    const routers = owner as unknown as Record<
      string,
      Record<string, (input: object) => Promise<{ items: unknown[] }>>
    >;
    const orders = list.sorts.flatMap((by) =>
      (['asc', 'desc'] as const).map((direction) => ({ sort: { by, direction } })),
    );
    const isFiltered = list.name !== 'inventory.asOf';
    const required = isFiltered ? {} : { at: filterValues(list, 'at', samples)[0] };
    const filters = Object.keys(list.filters).flatMap((filter) =>
      filterValues(list, filter, samples).map((value) =>
        isFiltered ? { filter: { [filter]: value } } : { [filter]: value },
      ),
    );
    const faults: string[] = [];
    for (const order of orders.length > 0 ? orders : [{}])
      for (const filter of [{}, ...filters]) {
        const input = { ...required, ...order, ...filter };
        const found = await plans.faultsOf(async () => routers[router]?.[name]?.(input));
        faults.push(...found.map((fault) => `${JSON.stringify(input)} ${fault}`));
      }
    expect(faults).toEqual([]);
  },
  120_000,
);
