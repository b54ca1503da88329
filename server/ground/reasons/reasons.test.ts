import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { describe, expect, it, test } from 'vitest';
import { languages } from '../languages.contract.ts';
import { Problem, refusedField } from '../problem.ts';
import { english, isReason, messages, refusal, said, saidIn, wordsOf } from './reasons.contract.ts';
import type { Reason } from './reasons.contract.ts';

const reasons = Object.keys(english) as Reason[];
const serverRoot = path.resolve(import.meta.dirname, '../..');

type Token = string | [name: string, type?: string, format?: Record<string, string | Token[]> | string];

/** The parameters a message really has, branches of plurals and choices included. */
function namesIn(tokens: string | readonly Token[]): Set<string> {
  const names = new Set<string>();
  for (const token of typeof tokens === 'string' ? [] : tokens) {
    if (typeof token === 'string') continue;
    const [name, , branches] = token;
    names.add(name);
    if (typeof branches !== 'object') continue;
    for (const branch of Object.values(branches)) {
      if (Array.isArray(branch)) for (const inner of namesIn(branch)) names.add(inner);
    }
  }
  return names;
}

const parametersIn = (message: string) => [...namesIn(compileMessage(message) as Token[])].sort();

/** As the types find them: what stands after a brace, up to a comma or the end. */
const declaredIn = (message: string) =>
  [...new Set([...message.matchAll(/\{(?=([^{},]*)[,}])/g)].map(([, name = '']) => name))]
    .filter((name) => name !== '' && !/[ #]/.test(name))
    .sort();

describe('the reasons', () => {
  it.each(languages)('all have a message in %s that can be read', (language) => {
    for (const reason of reasons) {
      expect(messages[language][reason].trim(), reason).not.toBe('');
      expect(() => compileMessage(messages[language][reason]), reason).not.toThrow();
    }
  });

  it('are filled in with the same parameters in every language', () => {
    for (const reason of reasons) {
      // A choice between forms of one language need not be one in another.
      expect(parametersIn(messages.hi[reason]), reason).toEqual(parametersIn(messages.en[reason]));
    }
  });

  it('ask by their types for exactly the parameters of their English message', () => {
    for (const reason of reasons) {
      expect(declaredIn(english[reason]), reason).toEqual(parametersIn(english[reason]));
    }
  });

  it('are in Hindi where Hindi is asked for', () => {
    for (const reason of reasons) {
      if (english[reason].replaceAll(/\{\w+\}/g, '').trim() === '') continue;
      expect(messages.hi[reason], reason).toMatch(/[\u0900-\u097f]/);
    }
  });

  it('are each used somewhere', async () => {
    const files = (await readdir(serverRoot, { recursive: true })).filter(
      (name) => name.endsWith('.ts') && !name.startsWith('ground/reasons/') && !name.includes('.vocabulary.'),
    );
    const texts = await Promise.all(files.map((name) => readFile(path.join(serverRoot, name), 'utf8')));
    const all = texts.join('\n');
    expect(reasons.filter((reason) => !all.includes(`'${reason}'`))).toEqual([]);
  });
});

describe('the words of a reason', () => {
  it('say codes, counts and lists in their reader’s language', () => {
    const refused = said('order.command_not_possible', {
      number: 'PO/26-27/00001',
      status: 'pending_approval',
      command: 'recordPayment',
      commands: ['approve', 'closeLine'],
    });
    expect(wordsOf(refused, 'en')).toBe(
      'PO/26-27/00001 is pending approval, so "record payment" is not possible. Possible: approve, close line.',
    );
    expect(wordsOf(refused, 'hi')).toBe(
      'PO/26-27/00001 की स्थिति “मंज़ूरी के इंतज़ार में” है, इसलिए “भुगतान दर्ज करना” नहीं हो सकता। यह हो सकता है: मंज़ूर करना, लाइन बंद करना।',
    );
    expect(wordsOf(said('role.has_members', { count: 1 }), 'en')).toBe(
      'One employee has this role: give them another one first.',
    );
    expect(wordsOf(said('role.has_members', { count: 7 }), 'en')).toMatch(/^7 employees have/);
    expect(wordsOf(said('record.id_used', { kind: 'employee' }), 'en')).toMatch(/^There is an employee with/);
    expect(wordsOf(said('record.id_used', { kind: 'sales_order' }), 'en')).toMatch(/^There is a sales order/);
  });

  it('write figures and days as people do, and leave them as they are kept on the wire', () => {
    const over = said('order.credit_limit', {
      name: 'Balaji',
      owed: '32555.92',
      total: '3345995.92',
      limit: '700000.00',
    });
    expect(wordsOf(over, 'en')).toBe(
      'Balaji owes ₹32,555.92; with this order it would be ₹33,45,995.92, over the credit limit of ₹7,00,000.00.',
    );
    expect(wordsOf(over, 'hi')).toContain('₹33,45,995.92');
    expect(over.parameters.total).toBe('3345995.92');
    const quantity = said('stock.only_reserved', { quantity: '1250.500' });
    expect(wordsOf(quantity, 'en')).toBe('Only 1,250.5 are reserved here.');
    const expired = said('stock.lot_expired_to_ship', { lot: 'L1', sku: 'S', day: '2026-11-24' });
    expect(wordsOf(expired, 'en')).toBe("The lot L1 of S expired on 24 Nov 2026: it can't be shipped.");
    expect(wordsOf(expired, 'hi')).toContain('24 नव॰ 2026');
    const later = said('stock.later_movement', { when: '2026-03-31T18:35:00Z' });
    expect(wordsOf(later, 'en')).toContain('(01 Apr 2026, 00:05)');
  });

  it('hold nothing that the sentence doesn’t name, even when a whole record was given for parameters', () => {
    const record = { value: 'V-1', by: 'Shree Metals', bankAccount: '50100012345678' };
    expect(said('record.used_by', record).parameters).toEqual({ value: 'V-1', by: 'Shree Metals' });
    expect(said('role.has_members', { count: 3, ...record }).parameters).toEqual({ count: 3 });
    const problem = new Problem('CONFLICT', 'record.used_by', record);
    expect(JSON.stringify([problem.said, refusedField('code', 'record.used_by', record)])).not.toContain(
      '5010',
    );
  });

  it('leave what people typed as it is, whatever it looks like', () => {
    const value = "{sku} # <b>'{0}' constructor";
    for (const language of languages) {
      expect(wordsOf(said('record.used_by', { value, by: '__proto__' }), language)).toContain(value);
    }
    expect(wordsOf(said('access.forbidden', { action: 'constructor', resource: '__proto__' }), 'en')).toBe(
      'Your role does not allow this (constructor:   proto  ).',
    );
  });

  it('travel with a schema’s message and are read back', () => {
    const message = refusal('input.most_characters', { most: 20 });
    expect(saidIn(message)).toEqual(said('input.most_characters', { most: 20 }));
    expect(saidIn(refusal('input.required'))).toEqual(said('input.required'));
    expect(saidIn('Invalid input')).toBeUndefined();
    expect(isReason('toString')).toBe(false);
  });
});

test('a parameter too many or too few does not compile', () => {
  // @ts-expect-error -- the number is missing
  expect(said('order.changed', {})).toBeDefined();
  // @ts-expect-error -- there is no such parameter
  expect(said('order.changed', { number: 'PO', day: '2026-05-04' })).toBeDefined();
  // @ts-expect-error -- a count is a number
  expect(said('role.has_members', { count: '7' })).toBeDefined();
  // @ts-expect-error -- a kind of the list
  expect(said('record.not_found', { kind: 'unicorn' })).toBeDefined();
  // @ts-expect-error -- a reason of the list
  expect(said('order.is_odd')).toBeDefined();
});
