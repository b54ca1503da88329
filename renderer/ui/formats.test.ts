import { describe, expect, it } from 'vitest';
import {
  formatCount,
  formatMoney,
  formatMoneyShort,
  formatPercent,
  formatQuantity,
  formatUnitPrice,
  sumOf,
} from './formats.ts';

describe('figures', () => {
  it('groups rupees in lakh and crore', () => {
    expect(formatMoney('1234567.8')).toBe('₹12,34,567.80');
    expect(formatMoney('123456789012')).toBe('₹1,23,45,67,89,012.00');
    expect(formatMoney('999')).toBe('₹999.00');
  });

  it('keeps amounts exact that a float would bend', () => {
    expect(formatMoney('999999999999.99')).toBe('₹9,99,99,99,99,999.99');
    expect(sumOf(['0.1', '0.2', null, 'x'])).toBe('0.3');
  });

  it('writes a real minus, and none before zero', () => {
    expect(formatMoney('-1500')).toBe('−₹1,500.00');
    expect(formatMoney('-0.00')).toBe('₹0.00');
    expect(formatQuantity('-12.500')).toBe('−12.5');
  });

  it('shows a dash where there is nothing to see', () => {
    expect(formatMoney(null)).toBe('—');
    expect(formatQuantity('')).toBe('—');
    expect(formatMoney('abc')).toBe('—');
  });

  it('shows prices with two to four decimals, quantities without needless zeros', () => {
    expect(formatUnitPrice('12.5000')).toBe('₹12.50');
    expect(formatUnitPrice('0.0375')).toBe('₹0.0375');
    expect(formatQuantity('1250.000')).toBe('1,250');
    expect(formatPercent('18.00')).toBe('18%');
  });

  it('shortens large amounts as people say them', () => {
    expect(formatMoneyShort('1234567')).toBe('₹12.35 L');
    expect(formatMoneyShort('31000000')).toBe('₹3.1 Cr');
    expect(formatMoneyShort('54321')).toBe('₹54,321');
    expect(formatCount(1234567)).toBe('12,34,567');
  });
});
