import { describe, expect, it } from 'vitest';
import { differences, merged } from './conflict.ts';

const mine = {
  name: 'Deccan Fasteners',
  address: { city: 'Pune', pinCode: '411001' },
  tags: ['a'],
  lines: [{ quantity: '5' }],
};
const theirs = {
  name: 'Deccan Fasteners Pvt Ltd',
  address: { city: 'Pune', pinCode: '411002' },
  tags: ['a'],
  lines: [{ quantity: '7' }],
};
const labels = { name: 'Name', 'address.pinCode': 'PIN code', 'lines.*.quantity': 'Quantity' };

describe('two versions of one record', () => {
  it('lists only where they differ, by the names of the fields', () => {
    expect(differences(mine, mine, theirs, labels).map(({ label }) => label)).toEqual([
      'Name',
      'PIN code',
      'Quantity, line 1',
    ]);
  });

  it('begins with theirs where only they changed something, so that nobody’s work is overwritten unseen', () => {
    const base = { ...mine, name: 'Deccan' };
    const suggested = differences(base, mine, theirs, labels).map(({ id, suggested: side }) => [id, side]);
    expect(suggested).toEqual([
      ['name', 'mine'],
      ['address.pinCode', 'theirs'],
      ['lines.0.quantity', 'theirs'],
    ]);
  });

  it('keeps exactly what was chosen of each', () => {
    const result = merged(mine, theirs, {
      name: 'mine',
      'address.pinCode': 'theirs',
      'lines.0.quantity': 'mine',
    });
    expect(result).toEqual({ ...theirs, name: 'Deccan Fasteners', lines: [{ quantity: '5' }] });
    expect(theirs.name).toBe('Deccan Fasteners Pvt Ltd');
  });

  it('takes lists of different length as one choice', () => {
    const longer = { ...mine, lines: [{ quantity: '5' }, { quantity: '1' }] };
    expect(differences(longer, longer, theirs, { ...labels, lines: 'Lines' }).at(-1)).toEqual({
      id: 'lines',
      label: 'Lines',
      mine: '2 lines',
      theirs: '1 line',
      suggested: 'theirs',
    });
    expect(merged(longer, theirs, { lines: 'mine' }).lines).toHaveLength(2);
  });
});
