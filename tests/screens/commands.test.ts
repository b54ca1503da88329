import '../../renderer/words/testing/english.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiClient } from '../../renderer/lib/api-client.ts';
import { purchaseOrderActions } from '../../renderer/domains/purchase-orders/purchase-order-actions.ts';
import { salesOrderActions } from '../../renderer/domains/sales-orders/sales-order-actions.ts';
import type { DocumentKind } from '../../server/documents/document-kind.contract.ts';
import { documentNames } from '../../server/domains/kinds.contract.ts';
import type { DocumentName } from '../../server/domains/kinds.contract.ts';
import { purchaseOrderStatuses } from '../../server/domains/purchase-orders/purchase-orders.contract.ts';
import type { PurchaseOrderCommand } from '../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { purchaseOrderKind } from '../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
import { salesOrderStatuses } from '../../server/domains/sales-orders/sales-orders.contract.ts';
import type { SalesOrderCommand } from '../../server/domains/sales-orders/sales-orders.contract.ts';
import { salesOrderKind } from '../../server/domains/sales-orders/sales-orders.kinds.contract.ts';
import { permissions } from '../../server/permissions/permissions.contract.ts';
import type { Permission } from '../../server/permissions/permissions.contract.ts';
import { problemOf } from '../fixtures/tenant.ts';
import { tradingTenant } from '../fixtures/trading.ts';
import type { Caller, TradingTenant } from '../fixtures/trading.ts';

/**
 * What the page of a document offers, held against what the server does when it is asked all the same: in every state, for
 * every command, with every right but the one that it takes. Nothing of it changes a document.
 */
type Purchase = Awaited<ReturnType<Caller['purchaseOrders']['get']>>;
type Sale = Awaited<ReturnType<Caller['salesOrders']['get']>>;
interface Order {
  id: string;
  version: number;
  status: string;
  possible: readonly string[];
  lines: { id: string }[];
}

let trade: TradingTenant;
beforeAll(async () => {
  trade = await tradingTenant('offered');
});
afterAll(() => trade.close());

const only = ({ id, version }: Pick<Order, 'id' | 'version'>) => ({ id, version });
const some = (order: Pick<Order, 'lines'>, quantity: string) => ({
  lines: order.lines.map(({ id }) => ({ lineId: id, quantity })),
});
const nowhere = '01890000-0000-7000-8000-000000000001';
const because = { reason: 'as it came' };

async function purchaseIn(status: Purchase['status']): Promise<Purchase> {
  const { purchaseOrders } = trade.owner;
  const unitPrice = status === 'pending_approval' ? '99999' : '10';
  const draft = await purchaseOrders.create({
    vendorId: trade.vendorId,
    warehouseId: trade.warehouseId,
    lines: [{ productId: await trade.product(), quantity: '10', unitPrice }],
  });
  if (status === 'draft') return draft;
  if (status === 'cancelled') return purchaseOrders.cancel(only(draft));
  const submitted = await (await trade.as('buyer')).purchaseOrders.submit(only(draft));
  if (status === 'pending_approval' || status === 'confirmed') return purchaseOrders.get({ id: draft.id });
  const quantity = status === 'partially_delivered' ? '4' : '10';
  const received = await purchaseOrders.receive({ ...only(submitted), ...some(submitted, quantity) });
  return status === 'closed' ? purchaseOrders.close(only(received)) : received;
}

async function saleIn(status: Sale['status']): Promise<Sale> {
  const { salesOrders } = trade.owner;
  const lines = [{ productId: await trade.stocked('6', '5'), quantity: '10', unitPrice: '10' }];
  const whole = status === 'shipped' || status === 'delivered';
  const draft = await salesOrders.create({
    customerId: trade.customerId,
    warehouseId: trade.warehouseId,
    lines: whole ? [{ ...lines[0]!, quantity: '6' }] : lines,
  });
  if (status === 'draft') return draft;
  const confirmed = await salesOrders.confirm(only(draft));
  if (status === 'confirmed') return confirmed;
  if (status === 'cancelled') return salesOrders.cancel(only(confirmed));
  const shipped = await salesOrders.ship({ ...only(confirmed), ...some(confirmed, whole ? '6' : '4') });
  if (status === 'delivered') return salesOrders.deliver(only(shipped));
  return status === 'closed' ? salesOrders.close(only(shipped)) : shipped;
}

interface Kind {
  kind: DocumentKind<string, never>;
  statuses: readonly string[];
  orderIn: (status: never) => Promise<Order>;
  /** What the page offers, by the names of the commands. */
  offered: (order: never, can: (permission: Permission) => boolean) => string[];
  /** What each command is sent with, besides the document. */
  inputs: Readonly<Record<string, (order: Order) => object>>;
  router: 'purchaseOrders' | 'salesOrders';
  /** Offered at a line, a receipt or a payment, not in the head of the page. */
  elsewhere: readonly string[];
  /** Left out where there is nothing to do it for. */
  ofNoUse: readonly string[];
}

const nothing = () => undefined;
const client = {} as ApiClient;
const lineOf = ({ lines }: Order) => ({ lineId: lines[0]?.id ?? '', ...because });
const revision = ({ lines }: Order) => ({
  lines: [{ lineId: lines[0]?.id ?? '', quantity: '11' }],
  ...because,
});

const kinds: Readonly<Record<DocumentName, Kind>> = {
  purchase_order: {
    kind: purchaseOrderKind,
    statuses: purchaseOrderStatuses,
    orderIn: purchaseIn,
    offered: (order: Purchase, can) =>
      purchaseOrderActions(order, can, client, { revise: nothing }).map(({ id }) => id),
    inputs: {
      update: () => ({ notes: 'by the gate' }),
      submit: () => ({}),
      approve: () => ({}),
      reject: () => because,
      receive: (order) => some(order, '1'),
      reverseReceipt: () => ({ receiptId: nowhere, ...because }),
      revise: revision,
      closeLine: lineOf,
      close: () => because,
      cancel: () => because,
    } satisfies Record<PurchaseOrderCommand, (order: Order) => object>,
    router: 'purchaseOrders',
    elsewhere: ['reverseReceipt', 'closeLine'],
    ofNoUse: [],
  },
  sales_order: {
    kind: salesOrderKind,
    statuses: salesOrderStatuses,
    orderIn: saleIn,
    offered: (order: Sale, can) =>
      salesOrderActions(order, can, client, { confirm: nothing, payment: nothing, revise: nothing }).map(
        ({ id }) => id,
      ),
    inputs: {
      update: () => ({ notes: 'by the gate' }),
      confirm: () => ({}),
      reserve: () => ({}),
      ship: (order) => some(order, '1'),
      revise: revision,
      deliver: () => ({}),
      recordPayment: () => ({ amount: '1' }),
      reversePayment: () => ({ paymentId: nowhere, ...because }),
      closeLine: lineOf,
      close: () => because,
      cancel: () => because,
    } satisfies Record<SalesOrderCommand, (order: Order) => object>,
    router: 'salesOrders',
    elsewhere: ['reversePayment', 'closeLine'],
    ofNoUse: ['reserve', 'ship', 'recordPayment'],
  },
};

describe.each(documentNames)('a %s', (name) => {
  const { kind, statuses, orderIn, offered, inputs, router, elsewhere, ofNoUse } = kinds[name];
  const commands = Object.entries<{ permission: Permission }>(kind.commands);
  const send = async (who: Caller, command: string, order: Order, version = order.version) => {
    const procedures = who[router] as unknown as Record<string, (input: object) => Promise<unknown>>;
    return problemOf(procedures[command]!({ id: order.id, version, ...inputs[command]!(order) }));
  };

  test.each(statuses)(
    'that is %s is offered what the server lets be done with it, and nothing else',
    async (status) => {
      const order = await orderIn(status as never);
      expect(order.status).toBe(status);
      const everything = await trade.as([], [...permissions]);
      const all = offered(order as never, () => true);
      for (const [command, { permission }] of commands) {
        const isElsewhere = [...elsewhere, ...ofNoUse].includes(command);
        const isOffered = all.includes(command) || (isElsewhere && order.possible.includes(command));
        // The version is looked at before anything is done, and the state after it.
        const { code } = await send(
          everything,
          command,
          order,
          isOffered ? order.version + 1 : order.version,
        );
        if (isOffered) expect(code, `${command}, offered`).toBe('CONFLICT');
        else expect(code, `${command}, not offered`).toBe('NOT_ALLOWED_IN_STATE');
        expect(
          offered(order as never, (one) => one !== permission),
          permission,
        ).not.toContain(command);
      }
      expect((await trade.owner[router].get({ id: order.id })).version).toBe(order.version);
    },
  );

  test('is offered nothing to people that the server would refuse for their rights', async () => {
    const order = await orderIn('draft' as never);
    for (const [command, { permission }] of commands) {
      const others = permissions.filter((one) => one !== permission);
      const { code } = await send(await trade.as([], others), command, order);
      expect(code, command).toBe('FORBIDDEN');
    }
  });
});
