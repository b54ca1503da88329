import { expect, test } from 'vitest';
import type { z } from 'zod';
import { procedures } from '../../tests/security/walk/procedures.ts';
import { fieldsOf, unwrapped } from '../../tests/security/walk/schemas.ts';
import { gstinCheckCharacter } from '../ground/india.contract.ts';

/** One of each form that the GST portal gives out, without its check character. */
const forms = {
  taxpayer: '27AAPFU0939F1Z',
  collector: '27AAPFU0939F1C',
  deductor: '27PNEA06819B1D',
  embassy: '0717USA00001UN',
  'notified person': '2717UNO00001ON',
  'non-resident': '2717USA00001NR',
  'online services from abroad': '9917USA00001OS',
};

test('every place that takes a GSTIN takes every kind with its check character, and none without', () => {
  const places = procedures.flatMap(({ name, input }) =>
    fieldsOf(input)
      .filter(({ path }) => /gstin$/i.test(String(path.at(-1))))
      .map(({ schema }) => [name, unwrapped(schema) as z.ZodType] as const),
  );
  expect(places.map(([name]) => name)).toEqual(
    expect.arrayContaining(['vendors.create', 'vendors.update', 'customers.create', 'settings.update']),
  );
  for (const [name, schema] of places) {
    for (const [kind, first] of Object.entries(forms)) {
      const check = gstinCheckCharacter(first);
      expect(schema.safeParse(`${first}${check}`).success, `${name}: ${kind}`).toBe(true);
      const wrong = check === 'A' ? 'B' : 'A';
      expect(schema.safeParse(`${first}${wrong}`).success, `${name}: ${kind}`).toBe(false);
    }
  }
});
