import { describe, expect, it } from 'vitest';
import { createVendorSchema } from '../../server/domains/vendors/vendors.contract.ts';
import { errorsOfMovedLines, errorsOfSchema, placeProblems } from './form-errors.ts';

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

  it('keep errors of lines at their lines, until the line or the refused value is gone', () => {
    const [bolt, nut, pin] = ['bolt', 'nut', 'pin'].map((id) => ({ id, quantity: '1', unitPrice: '5' }));
    const errors = {
      'lines.1.quantity': 'Too many',
      'lines.2.unitPrice': 'Too much',
      vendorId: 'Suspended',
    };
    const before = [bolt!, nut!, pin!];
    expect(errorsOfMovedLines(errors, before, [nut!, pin!])).toEqual({
      'lines.0.quantity': 'Too many',
      'lines.1.unitPrice': 'Too much',
      vendorId: 'Suspended',
    });
    expect(errorsOfMovedLines(errors, before, [bolt!, pin!])).toEqual({
      'lines.1.unitPrice': 'Too much',
      vendorId: 'Suspended',
    });
    const mended = [bolt!, { ...nut!, quantity: '2' }, { ...pin!, quantity: '9' }];
    expect(errorsOfMovedLines(errors, before, mended)).toEqual({
      'lines.2.unitPrice': 'Too much',
      vendorId: 'Suspended',
    });
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
