import { describe, expect, it } from 'vitest';
import { adjustStockSchema } from '../../../server/domains/inventory/inventory.contract.ts';
import { adjustInput, reasonWords, type AdjustValues } from './adjust-values.ts';
import type { AdjustmentReason } from '../../../server/domains/inventory/adjustment-reasons.contract.ts';

const id = '01890000-0000-7000-8000-000000000001';
const values = (changes: Partial<AdjustValues>): AdjustValues => ({
  productId: '01890000-0000-7000-8000-000000000002',
  productName: 'Bolt M8',
  warehouseId: '01890000-0000-7000-8000-000000000003',
  binId: '',
  direction: 'in',
  quantity: '3',
  unitCost: '12.50',
  reason: 'found',
  lot: '',
  note: '',
  ...changes,
});
const sent = (changes: Partial<AdjustValues>, seesCosts = true) =>
  adjustStockSchema.parse(adjustInput(values(changes), id, { seesCosts }));

describe('an adjustment of stock', () => {
  it('takes out what is taken out, whichever sign was typed', () => {
    expect(sent({ direction: 'out', reason: 'damaged' }).quantity).toBe('-3');
    expect(sent({ direction: 'out', reason: 'damaged', quantity: '-3' }).quantity).toBe('-3');
    expect(sent({ direction: 'in', quantity: '-3' }).quantity).toBe('3');
  });

  it('has a cost only for what comes in, and only from who may see one', () => {
    expect(sent({}).unitCost).toBe('12.50');
    expect(sent({ unitCost: '' }).unitCost).toBeNull();
    expect(sent({ direction: 'out', reason: 'lost' }).unitCost).toBeNull();
    expect(adjustInput(values({}), id, { seesCosts: false })).not.toHaveProperty('unitCost');
  });

  it('goes to the default bin when none was chosen, and needs a reason and a quantity', () => {
    expect(sent({}).binId).toBeNull();
    const wrong = adjustStockSchema.safeParse(
      adjustInput(values({ reason: '', quantity: '', direction: 'out' }), id, { seesCosts: true }),
    );
    expect(new Set(wrong.error?.issues.map(({ path }) => path.join('.')))).toEqual(
      new Set(['quantity', 'reason']),
    );
  });

  it('has for every reason of the contract words, and a direction where it can have one only', () => {
    const reasons = adjustStockSchema.shape.reason.options;
    expect(Object.keys(reasonWords).toSorted()).toEqual([...reasons].toSorted());
    const open = reasons.filter((reason: AdjustmentReason) => reasonWords[reason].direction === null);
    expect(open).toEqual(['correction']);
  });
});
