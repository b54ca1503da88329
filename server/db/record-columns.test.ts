import { expect, test } from 'vitest';
import { z } from 'zod';
import { columnsOf, columnsOfRows, recordOf } from './record-columns.ts';

const schema = z.object({
  id: z.string(),
  leadTimeDays: z.int(),
  contactName: z.string().nullable(),
  city: z.string(),
});

test('a field is read from the column of its name, and nothing else of the row is shown', () => {
  const row = { id: '1', lead_time_days: 7, contact_name: null, tenant_id: 't', keyset_id: '1' };
  expect(recordOf(schema, row)).toEqual({ id: '1', leadTimeDays: 7, contactName: null });
  expect(columnsOfRows('vendors', schema, ['city'])).toEqual([
    'vendors.id',
    'vendors.lead_time_days',
    'vendors.contact_name',
  ]);
});

test('a field is written to the column of its name, nothing as nothing, and what was not given not at all', () => {
  const fields = {
    leadTimeDays: 0,
    contactName: null,
    roles: ['buyer'],
    address: { city: null },
    notes: undefined,
  };
  expect(columnsOf(fields)).toEqual({
    lead_time_days: 0,
    contact_name: null,
    roles: ['buyer'],
    address: '{"city":null}',
  });
});
