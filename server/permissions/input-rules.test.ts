import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { visibleWith } from './visible-with.contract.ts';
import { inputRulesOf } from './input-rules.ts';

const cost = visibleWith('costs:read', z.string());
const output = z.object({
  id: z.string(),
  name: z.string(),
  cost,
  total: z.int(),
  bank: visibleWith('vendors:read_bank', z.object({ account: z.string() })),
  lines: z.array(z.object({ price: cost, total: cost, open: z.string() })),
});
const sent = (input: z.ZodType, raw: unknown, shows: z.ZodType = output) =>
  inputRulesOf(input, shows)
    .sent(raw)
    .map(({ path, permission }) => `${path} ${permission}`);

describe('a field that an answer hides', () => {
  test('asks for the same permission when it is sent, in lines and beneath other fields too', () => {
    const input = z.object({
      name: z.string(),
      cost: z.string().nullable().default('0'),
      account: z.string().optional(),
      lines: z.array(z.object({ price: z.string(), open: z.string() })).optional(),
    });
    expect(sent(input, { name: 'a' })).toEqual([]);
    expect(sent(input, { cost: '1', account: '2', lines: [{ open: '1' }, { price: '2' }] })).toEqual([
      'cost costs:read',
      'account vendors:read_bank',
      'lines.1.price costs:read',
    ]);
  });

  test('is sent with nothing in it, too, and with what no schema would take', () => {
    const input = z.object({ cost: z.string().trim().min(1).nullable().default(null) });
    for (const nothing of [null, '', '0', 0, [], {}, false]) {
      expect(sent(input, { cost: nothing })).toEqual(['cost costs:read']);
    }
  });

  test('can be chosen neither to sort nor to group by', () => {
    const input = z.object({
      sort: z.object({ by: z.enum(['name', 'cost']) }).optional(),
      columns: z.array(z.enum(['name', 'price'])).default([]),
    });
    expect(sent(input, { sort: { by: 'name' }, columns: ['name'] })).toEqual([]);
    expect(sent(input, { sort: { by: 'cost' }, columns: ['name', 'price'] })).toEqual([
      'sort.by costs:read',
      'columns.1 costs:read',
    ]);
  });

  test('leaves a field alone that the answer shows openly in the same place', () => {
    const input = z.object({ total: z.boolean(), filter: z.object({ total: z.string() }) });
    expect(sent(input, { total: true, filter: { total: '5' } })).toEqual(['filter.total costs:read']);
  });

  test('is found behind unions, records, tuples, transformations and schemas that hold themselves', () => {
    interface Tree {
      cost?: string | undefined;
      parts?: Tree[] | undefined;
    }
    const tree: z.ZodType<Tree> = z.object({
      cost: z.string().optional(),
      parts: z.lazy(() => z.array(tree)).optional(),
    });
    const input = z
      .object({
        either: z.union([z.object({ price: z.string() }), z.object({ note: z.string() })]),
        byName: z.record(z.string(), z.object({ cost: z.string() })),
        pair: z.tuple([z.string(), z.object({ cost: z.string() })]),
        tree,
        text: z.preprocess((value) => value, z.object({ cost: z.string() })),
      })
      .partial()
      .transform((value) => value);
    expect(
      sent(input, {
        either: { price: '1' },
        byName: { x: { cost: '1' } },
        pair: ['1', { cost: '1' }],
        tree: { parts: [{ parts: [{ cost: '1' }] }] },
        text: { cost: '1' },
      }),
    ).toEqual([
      'either.price costs:read',
      'byName.x.cost costs:read',
      'pair.1.cost costs:read',
      'tree.parts.0.parts.0.cost costs:read',
      'text.cost costs:read',
    ]);
  });

  test('needs no answer where the input says itself what it asks for', () => {
    const input = z.object({ pan: z.string().meta({ requires: 'employees:reveal_pii' }).optional() });
    expect(inputRulesOf(input).sent({ pan: null })).toEqual([
      { path: 'pan', permission: 'employees:reveal_pii' },
    ]);
  });

  test('is named for the first lines only, however many were sent', () => {
    const input = z.object({ lines: z.array(z.object({ price: z.string() })) });
    expect(sent(input, { lines: Array.from({ length: 5000 }, () => ({ price: '1' })) })).toHaveLength(50);
  });
});
