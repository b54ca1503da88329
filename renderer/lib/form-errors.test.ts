import { describe, expect, it } from 'vitest';
import { createVendorSchema } from '../../server/domains/vendors/vendors.contract.ts';
import { errorsOfSchema, placeProblems } from './form-errors.ts';

describe('errors at their fields', () => {
  it('says per field what the contract refuses, as a sentence', () => {
    const errors = errorsOfSchema(createVendorSchema, { code: '', name: 'Deccan', gstin: '29ABCDE1234F1Z9' });
    expect(errors.code).toBe('Required');
    expect(errors.gstin).toMatch(/^Has a wrong check character/);
    expect(errors.name).toBeUndefined();
  });

  it('says what is wrong with a number in words, not in the terms of the program', () => {
    const days = (paymentTermsDays: number | string) =>
      errorsOfSchema(createVendorSchema, { code: 'V-1', name: 'Deccan', paymentTermsDays }).paymentTermsDays;
    expect([days(400), days(''), days('ten')]).toEqual([
      'Must be at most 365',
      'Required',
      'Must be a number',
    ]);
  });

  it('puts the server’s refusals at nested fields and lines', () => {
    const values = { address: { pinCode: '1' }, lines: [{ quantity: '0' }] };
    const { errors, others } = placeProblems(
      [
        { path: 'address.pinCode', message: 'must be a PIN code of six digits' },
        { path: 'lines.0.quantity', message: 'must be more than zero' },
        { path: 'lines.7.quantity', message: 'must be more than zero' },
        { path: 'tenantId', message: 'is not allowed' },
      ],
      values,
    );
    expect(errors).toEqual({
      'address.pinCode': 'Must be a PIN code of six digits',
      'lines.0.quantity': 'Must be more than zero',
    });
    expect(others).toEqual(['lines.7.quantity must be more than zero', 'tenantId is not allowed']);
  });
});
