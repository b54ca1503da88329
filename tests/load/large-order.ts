import { v7 as uuidv7 } from 'uuid';
import { callProcedure } from '../fixtures/wire.ts';
import { quantile } from './latencies.ts';
import type { LoadServices } from './services.ts';

/** One action on a large order, repeated by one person; milliseconds, and bytes sent and received. */
export interface LargeOrderFigures {
  what: string;
  p50: number;
  p99: number;
  aimMs: number;
  kilobytesUp: number;
  kilobytesDown: number;
}

/** The length of the longest real order known. */
export const linesOfLargeOrder = 2749;
const firstPage = { limit: 50 };

interface Order {
  id: string;
  version: number;
  lines: { id: string }[];
}

/** Makes an order of 2,749 lines, and times what people do with it `times` times each. */
export async function measureLargeOrder(
  services: LoadServices,
  samples: { vendorId: string; warehouseId: string; productIds: readonly string[] },
  times = 150,
): Promise<LargeOrderFigures[]> {
  const call = async (kind: 'query' | 'mutation', procedure: string, input: object) => {
    const { data, error } = await callProcedure<Order>({ ...services, kind, procedure, input });
    if (error) throw new Error(`${procedure}: ${error.message}`);
    return data;
  };
  const change = (procedure: string) => (input: object) =>
    call('mutation', `purchaseOrders.${procedure}`, input);
  const draftOf = (lines: number) => ({
    id: uuidv7(),
    vendorId: samples.vendorId,
    warehouseId: samples.warehouseId,
    shipping: '1500',
    lines: Array.from({ length: lines }, (_, index) => ({
      id: uuidv7(),
      productId: samples.productIds[index % samples.productIds.length],
      quantity: String(1 + (index % 9)),
      unitPrice: '99.95',
      discountPercent: '2.5',
    })),
  });
  let order = await change('create')(draftOf(linesOfLargeOrder));
  const { id } = order;
  const lineIds = order.lines.map((line) => line.id);
  const line = (round: number) => lineIds[(round * 613) % lineIds.length] ?? '';

  const timed = async (
    what: string,
    aimMs: number,
    inputOf: (round: number) => object,
    send: (input: object) => Promise<Order>,
  ): Promise<LargeOrderFigures> => {
    const times_: number[] = [];
    const sizes = { up: 0, down: 0 };
    for (let round = 0; round < times + 10; round += 1) {
      const input = inputOf(round);
      const began = performance.now();
      const answer = await send(input);
      // Ten that don't count, to warm plans and caches.
      if (round >= 10) times_.push(performance.now() - began);
      sizes.up = Math.max(sizes.up, JSON.stringify(input).length / 1000);
      sizes.down = Math.max(sizes.down, JSON.stringify(answer).length / 1000);
      order = { ...order, version: answer.version };
    }
    return {
      what,
      p50: quantile(times_, 0.5),
      p99: quantile(times_, 0.99),
      aimMs,
      kilobytesUp: sizes.up,
      kilobytesDown: sizes.down,
    };
  };
  const draft = { answerLines: firstPage };
  const update = (fields: object) => ({ id, version: order.version, ...draft, ...fields });
  const figures = [
    await timed(
      'the first page of its lines read',
      20,
      () => ({ id, lines: firstPage }),
      (input) => call('query', 'purchaseOrders.get', input),
    ),
    await timed(
      'one line changed',
      50,
      (round) => update({ lines: { set: [{ id: line(round), quantity: String(1 + (round % 7)) }] } }),
      change('update'),
    ),
    await timed(
      'a note alone changed',
      50,
      (round) => update({ notes: `Note ${String(round)}` }),
      change('update'),
    ),
  ];
  return figures;
}
