import { expect, test } from 'vitest';
import { z } from 'zod';
import { byColumn, KeysetOrder } from '../db/keyset.ts';
import { abilityOf } from './abilities.ts';
import { visibleKeys } from './visible-keys.ts';
import { visibleCost } from './visible-with.contract.ts';

const order = new KeysetOrder<'name' | 'price' | 'changed'>({
  id: 'goods.id',
  keys: visibleKeys(z.object({ name: z.string(), price: visibleCost(z.string()) }), {
    name: byColumn('goods.name', 'text'),
    price: byColumn('goods.price', 'numeric'),
    changed: byColumn('goods.changed', 'instant'),
  }),
  usual: { by: 'name', direction: 'asc' },
});
const sorted = (by: 'name' | 'price' | 'changed') => ({ sort: { by, direction: 'asc' as const }, limit: 10 });

test('a list is sorted by a field by those alone who see the field', () => {
  const everyone = abilityOf([]);
  expect(order.at(sorted('name'), everyone).sort.by).toBe('name');
  expect(order.at(sorted('changed'), everyone).sort.by).toBe('changed');
  expect(() => order.at(sorted('price'), everyone)).toThrow(
    expect.objectContaining({ code: 'FORBIDDEN' }) as Error,
  );
  expect(order.at(sorted('price'), abilityOf(['costs:read'])).sort.by).toBe('price');
});
