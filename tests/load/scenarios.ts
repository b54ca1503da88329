import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Request } from 'autocannon';
import { v7 as uuidv7 } from 'uuid';
import { list as listProducts } from '../../server/domains/products/products.service.ts';
import { listProductsSchema } from '../../server/domains/products/products.contract.ts';
import { createPurchaseOrderSchema } from '../../server/domains/purchase-orders/purchase-orders.contract.ts';
import {
  createPurchaseOrder,
  currentPurchaseOrder,
} from '../../server/domains/purchase-orders/purchase-orders.service.ts';
import { callProcedure } from '../fixtures/wire.ts';
import type { BareSetup } from './bare-server.ts';
import { categories, nouns } from './dataset.ts';
import type { Side } from './measure.ts';
import type { LoadServices } from './services.ts';
import { statementsOf } from './statements.ts';
import type { Statement } from './statements.ts';

export interface Scenario {
  name: string;
  part: 'lists' | 'documents';
  /** The least requests per second of the API over the bare handler's. */
  target: number | null;
  api: Side;
  bare: Side;
}

export interface OrderSamples {
  orderIds: string[];
  vendorId: string;
  warehouseId: string;
  productIds: string[];
}

/** The five requests of the benchmark, for both sides. The bare side gets the very SQL that the services send. */
export async function makeScenarios(services: LoadServices): Promise<Scenario[]> {
  const samples = await sampleOrders(services.adminUrl);
  const words = nouns.map((noun) => noun.toLowerCase());
  const bareServer = await services.startBare(await bareSetup(services, samples, words[0] ?? ''));
  const headers = { authorization: `Bearer ${services.token}` };
  const query = (procedure: string, input?: () => unknown): Request => ({
    method: 'GET',
    headers,
    setupRequest: (request) => ({
      ...request,
      path: `/api/trpc/${procedure}${input ? `?input=${encodeURIComponent(JSON.stringify(input()))}` : ''}`,
    }),
  });
  const bareQuery = (path: () => string): Request => ({
    method: 'GET',
    setupRequest: (request) => ({ ...request, path: path() }),
  });
  const create: Request = {
    method: 'POST',
    path: '/api/trpc/purchaseOrders.create',
    headers: { ...headers, 'content-type': 'application/json' },
    setupRequest: (request) => ({
      ...request,
      headers: { ...request.headers, 'idempotency-key': randomUUID() },
      body: JSON.stringify(newOrder(samples)),
    }),
  };
  const bareCreate: Request = {
    method: 'POST',
    path: '/orders',
    headers: { 'content-type': 'application/json' },
    setupRequest: (request) => ({ ...request, body: JSON.stringify(newOrder(samples)) }),
  };
  const scenario = (
    name: string,
    target: number | null,
    api: Request,
    bare: Request,
    part: Scenario['part'] = 'lists',
  ): Scenario => ({
    name,
    part,
    target,
    api: { url: services.apiUrl, processorTime: services.processorTime, request: api },
    bare: { ...bareServer, request: bare },
  });
  return [
    scenario(
      'auth.me',
      null,
      query('auth.me'),
      bareQuery(() => '/me'),
    ),
    scenario(
      'page of 50 products',
      0.6,
      query('products.list', () => ({ limit: 50 })),
      bareQuery(() => '/products'),
    ),
    scenario(
      'search by name and category',
      0.6,
      query('products.list', () => ({
        search: any(words),
        filter: { category: any(categories) },
        limit: 50,
      })),
      bareQuery(() => `/search?word=${any(words)}&category=${encodeURIComponent(any(categories))}`),
    ),
    scenario(
      'a purchase order with its lines',
      0.6,
      query('purchaseOrders.get', () => ({ id: any(samples.orderIds) })),
      bareQuery(() => `/order?id=${any(samples.orderIds)}`),
      'documents',
    ),
    scenario('a purchase order created with five lines', 0.4, create, bareCreate, 'documents'),
  ];
}

function any<T>(values: readonly T[]): T {
  const value = values[Math.floor(Math.random() * values.length)];
  if (value === undefined) throw new Error('There is nothing to choose from.');
  return value;
}

function newOrder(samples: OrderSamples) {
  return {
    id: uuidv7(),
    vendorId: samples.vendorId,
    warehouseId: samples.warehouseId,
    shipping: '150.00',
    lines: Array.from({ length: 5 }, (_, index) => ({
      id: uuidv7(),
      productId: any(samples.productIds),
      quantity: String(index + 1),
      unitPrice: '99.95',
      discountPercent: '2.5',
    })),
  };
}

export async function sampleOrders(adminUrl: string): Promise<OrderSamples> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const ids = async (text: string) => (await client.query<{ id: string }>(text)).rows.map(({ id }) => id);
    return {
      orderIds: await ids('select id from purchase_orders order by random() limit 2000'),
      productIds: await ids(
        `select id from products where status = 'active' and kind = 'tracked' order by random() limit 5000`,
      ),
      vendorId: any(await ids(`select id from vendors where status = 'active' order by code limit 1`)),
      warehouseId: any(await ids('select id from warehouses order by code limit 1')),
    };
  } finally {
    await client.end();
  }
}

async function bareSetup(
  { address, apiUrl, token }: LoadServices,
  samples: OrderSamples,
  word: string,
): Promise<Omit<BareSetup, 'port'>> {
  const { host, port, ssl, database, user, password } = address;
  const connection = { host, port, ssl, database, user, password };
  const category = categories[0] ?? '';
  const page = listProductsSchema.parse({ limit: 50 });
  const search = listProductsSchema.parse({ search: word, filter: { category }, limit: 50 });
  const order = newOrder(samples);
  const readId = any(samples.orderIds);
  const only = (statements: Statement[]) => {
    const [statement] = statements;
    if (!statement || statements.length > 1) throw new Error(`Sent ${String(statements.length)} statements.`);
    return statement;
  };
  const me = await callProcedure({ apiUrl, procedure: 'auth.me', kind: 'query', token });
  return {
    connection,
    me: me.data,
    page: only(await statementsOf(connection, (scope) => listProducts(scope, page))),
    search: only(await statementsOf(connection, (scope) => listProducts(scope, search))),
    searched: { word, category },
    one: only(await statementsOf(connection, (scope) => currentPurchaseOrder(scope, readId))),
    readId,
    create: await statementsOf(connection, (scope) =>
      createPurchaseOrder(scope, createPurchaseOrderSchema.parse(order)),
    ),
    createdIds: [order.id, ...order.lines.map((line) => line.id)],
  };
}
