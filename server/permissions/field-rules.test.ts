import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { visibleWith } from './visible-with.contract.ts';
import { fieldRulesOf } from './field-rules.ts';
import type { Permission } from './permissions.contract.ts';

const cost = visibleWith('costs:read', z.string());
const all = () => true;
const none = () => false;
const only =
  (...granted: Permission[]) =>
  (permission: Permission) =>
    granted.includes(permission);

describe('field rules', () => {
  test('hide a field wherever it is: in lists, records, unions, optional and nested parts', () => {
    const schema = z.object({
      cost,
      plain: z.string(),
      items: z.array(
        z.object({ cost: cost.optional(), bank: visibleWith('vendors:read_bank', z.object({ cost })) }),
      ),
      byName: z.record(z.string(), z.object({ cost })),
      either: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('a'), cost }),
        z.object({ kind: z.literal('b'), price: cost }),
      ]),
      maybe: z.object({ cost }).nullable().optional(),
    });
    const value = () => ({
      cost: '1',
      plain: 'seen',
      items: [{ cost: '2', bank: { cost: '3' } }, { bank: { cost: '4' } }],
      byName: { x: { cost: '5' } },
      either: { kind: 'b' as const, price: '6' },
      maybe: { cost: '7' },
    });
    const rules = fieldRulesOf(schema);
    expect([...rules.permissions].sort()).toEqual(['costs:read', 'vendors:read_bank']);
    expect(rules.apply(value(), all)).toEqual(value());
    expect(rules.apply(value(), none)).toEqual({
      cost: null,
      plain: 'seen',
      items: [{ cost: null, bank: null }, { bank: null }],
      byName: { x: { cost: null } },
      either: { kind: 'b', price: null },
      maybe: { cost: null },
    });
    expect(rules.apply(value(), only('costs:read')).items[0]).toEqual({ cost: '2', bank: null });
    expect(rules.apply(value(), only('vendors:read_bank')).items[0]).toEqual({
      cost: null,
      bank: { cost: null },
    });
  });

  test('reach into schemas that contain themselves', () => {
    interface Tree {
      cost: string | null;
      children: Tree[];
    }
    const tree: z.ZodType<Tree> = z.lazy(() => z.object({ cost, children: z.array(tree) }));
    const hidden = fieldRulesOf(tree).apply({ cost: '1', children: [{ cost: '2', children: [] }] }, none);
    expect(hidden).toEqual({ cost: null, children: [{ cost: null, children: [] }] });
  });
});
