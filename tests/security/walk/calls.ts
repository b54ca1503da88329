import type { Answer, WireError } from '../../fixtures/wire.ts';
import type { WalkedProcedure } from './procedures.ts';

/** The server takes this many calls in one batch. */
const largestBatch = 50;
/** Characters of a query's address; Node refuses 16 KB of headers altogether. */
const longestAddress = 9000;

export type BatchAnswer = Pick<Answer, 'status' | 'data' | 'error'> & { text: string };

/** An input as JSON text: hostile inputs can't all be made by JSON.stringify. */
export type InputText = string;

/** Calls one procedure with many inputs, batched as the app batches; the answers come in the order of the inputs. */
export async function callWithEach(
  apiUrl: string,
  procedure: Pick<WalkedProcedure, 'name' | 'kind'>,
  inputs: readonly InputText[],
  token?: string,
): Promise<BatchAnswer[]> {
  return callAll(
    apiUrl,
    inputs.map((input) => ({ procedure, input })),
    token,
  );
}

export interface Call {
  procedure: Pick<WalkedProcedure, 'name' | 'kind'>;
  input?: InputText | undefined;
}

/** Makes many calls with one token; queries and mutations go in batches of their own. */
export async function callAll(
  apiUrl: string,
  calls: readonly Call[],
  token?: string,
): Promise<BatchAnswer[]> {
  const answers: BatchAnswer[] = [];
  for (const batch of batchesOf(calls)) {
    const texts = await send(
      apiUrl,
      batch.map((index) => calls[index] as Call),
      token,
    );
    batch.forEach((index, position) => (answers[index] = texts[position] as BatchAnswer));
  }
  return answers;
}

function batchesOf(calls: readonly Call[]): number[][] {
  const batches: number[][] = [];
  const open: Record<string, { indices: number[]; length: number }> = {};
  calls.forEach(({ procedure, input }, index) => {
    const method = procedure.kind === 'mutation' ? 'POST' : 'GET';
    const length = method === 'GET' ? encodeURIComponent(input ?? '').length + procedure.name.length + 20 : 0;
    let batch = open[method];
    if (!batch || batch.indices.length >= largestBatch || batch.length + length > longestAddress) {
      batch = { indices: [], length: 0 };
      open[method] = batch;
      batches.push(batch.indices);
    }
    batch.indices.push(index);
    batch.length += length;
  });
  return batches;
}

async function send(apiUrl: string, calls: readonly Call[], token?: string): Promise<BatchAnswer[]> {
  const isQuery = calls[0]?.procedure.kind !== 'mutation';
  const names = calls.map(({ procedure }) => procedure.name).join(',');
  const inputs = calls.flatMap(({ input }, index) => (input === undefined ? [] : [`"${index}":${input}`]));
  const body = `{${inputs.join(',')}}`;
  const url = `${apiUrl}/api/trpc/${names}?batch=1${isQuery ? `&input=${encodeURIComponent(body)}` : ''}`;
  const response = await fetch(url, {
    method: isQuery ? 'GET' : 'POST',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(isQuery ? {} : { 'content-type': 'application/json' }),
    },
    ...(isQuery ? {} : { body }),
  });
  const text = await response.text();
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new Error(
      `${names.slice(0, 100)} answered ${response.status} with no JSON: ${text.slice(0, 200)}`,
      {
        cause,
      },
    );
  }
  // A request that was refused as a whole has one answer for all.
  const list = Array.isArray(parsed) ? parsed : calls.map(() => parsed);
  return list.map((one) => {
    const { result, error } = one as {
      result?: { data: unknown };
      error?: { message: string; data: Omit<WireError, 'message'> };
    };
    return {
      status: error ? error.data.httpStatus : 200,
      data: result?.data,
      error: error && { message: error.message, ...error.data },
      text: JSON.stringify(one),
    };
  });
}
