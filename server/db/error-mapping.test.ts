import { describe, expect, test } from 'vitest';
import { isRetryable, problemOfDatabaseError } from './error-mapping.ts';
import { columnsIn, columnsOfConstraint, learnUniqueIndexes } from './index-columns.ts';

const reported = (code: string, more: Record<string, unknown> = {}) =>
  Object.assign(new Error('as PostgreSQL says it'), { code, severity: 'ERROR', ...more });

describe('a database error', () => {
  test('about a duplicate names the field, also where PostgreSQL leaves the key out', () => {
    learnUniqueIndexes('CREATE UNIQUE INDEX employees_code ON employees (tenant_id, upper(employee_code));');
    const hidden = problemOfDatabaseError(
      reported('23505', { constraint: 'employees_code', table: 'employees' }),
    );
    expect(hidden?.code).toBe('CONFLICT');
    expect(hidden?.extras.fields).toEqual([
      {
        path: 'employeeCode',
        message: 'This employee code is already in use.',
        reason: 'record.in_use',
        parameters: { column: 'employee_code' },
      },
    ]);
    const told = problemOfDatabaseError(
      reported('23505', { detail: 'Key (tenant_id, lower(email))=(x, y) already exists.' }),
    );
    expect(told?.extras.fields?.[0]?.path).toBe('email');
  });

  test('about a record that is not there names what refers to it', () => {
    const missing = problemOfDatabaseError(
      reported('23503', {
        constraint: 'purchase_orders_vendor_id_fkey',
        table: 'purchase_orders',
        detail: '',
      }),
    );
    expect(missing?.code).toBe('INVALID');
    expect(missing?.extras.fields).toEqual([
      {
        path: 'vendorId',
        message: 'This vendor does not exist.',
        reason: 'record.column_not_found',
        parameters: { column: 'vendor' },
      },
    ]);
  });

  test('that means the database is away is UNAVAILABLE, whatever form it has', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
    for (const error of [refused, new AggregateError([refused]), reported('57P01'), reported('57014')]) {
      expect(problemOfDatabaseError(error)?.code).toBe('UNAVAILABLE');
    }
  });

  test('that is a defect of ours has no words for the caller', () => {
    expect(problemOfDatabaseError(reported('42P01'))).toBeUndefined();
    expect(problemOfDatabaseError(new TypeError('x is not a function'))).toBeUndefined();
  });

  test('is retried for deadlocks and serialisation failures only', () => {
    expect([reported('40P01'), reported('40001'), reported('23505')].map(isRetryable)).toEqual([
      true,
      true,
      false,
    ]);
  });
});

test('columns are found inside of expressions', () => {
  expect(columnsIn('tenant_id, upper(employee_code), lower(email::text)')).toEqual([
    'employee_code',
    'email',
  ]);
  expect(columnsOfConstraint('orders_pkey', 'orders')).toEqual(['id']);
});

test('a key of several columns, under a name PostgreSQL gave, is named by its own column and not by an id', () => {
  learnUniqueIndexes(
    'CREATE TABLE product_barcodes (\n  tenant_id uuid NOT NULL,\n  barcode text NOT NULL,\n  PRIMARY KEY (tenant_id, barcode)\n);',
  );
  expect(columnsOfConstraint('product_barcodes_pkey', 'product_barcodes')).toEqual(['barcode']);
  expect(columnsOfConstraint('products_pkey', 'products')).toEqual(['id']);
});
