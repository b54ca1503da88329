import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBlock, readCells, readFigure, textCell, withoutApostrophe } from './spreadsheet-text.ts';
import { isSameUnit, isUnitWord } from './unit-words.ts';

const figure = (cell: string, places = 4) => readFigure(cell, places, isUnitWord);

describe('what a spreadsheet puts on the clipboard', () => {
  it('is read with quoted cells that hold tabs, quotes and line breaks, with any line ends', () => {
    expect(readCells('A-1\t"Bolt\r\nM8 ""x"" 40\tzinc"\t5\r\nA-2\t12" pipe\t6\r\n')).toEqual([
      ['A-1', 'Bolt M8 "x" 40 zinc', '5'],
      ['A-2', '12" pipe', '6'],
    ]);
    expect(readCells('A\t\n\nB\tC\n\t\n\n')).toEqual([['A', ''], [''], ['B', 'C']]);
    expect(readCells('A\t')).toEqual([['A', '']]);
  });

  it('is a block from two cells on; one cell is pasted as it always was', () => {
    for (const text of ['FST-1', 'FST-1\r\n', '"two\nlines"', '', '\n']) expect(isBlock(text)).toBe(false);
    for (const text of ['A\tB', 'A\r\nB', 'A\t5\r\n']) expect(isBlock(text)).toBe(true);
  });

  it('gives back every cell that was put on it, whatever stands in it', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }), (rows) => {
        const text = rows.map((row) => `${row.map(textCell).join('\t')}\r\n`).join('');
        const shown = (one: string) => readCells(`${textCell(one)}\tx`)[0]?.[0];
        const read = readCells(text);
        // Rows of nothing at the end aren't there; all others stand in their place.
        const filled = rows.map((row) => row.map(shown));
        while (filled.length > 0 && filled.at(-1)?.every((one) => one === '')) filled.pop();
        expect(read).toEqual(filled);
      }),
    );
  });

  it('has no cell that a spreadsheet calculates, and each comes back as it was', () => {
    for (const text of ['=HYPERLINK("x")', '+1', '-1', '@SUM(A1)', 'plain', "'quoted", "'=x", 'two\twords']) {
      const cell = textCell(text);
      expect(cell).not.toMatch(/^"?[=+\-@]/);
      const [read = ''] = readCells(`${cell}\tx`)[0] ?? [];
      expect(withoutApostrophe(read)).toBe(text.replace('\t', ' '));
    }
  });
});

describe('a figure of a spreadsheet', () => {
  it('is read as people in India write it', () => {
    const figures: Record<string, string> = {
      '1,20,000.50': '120000.5',
      '₹ 1,04,177.55': '104177.55',
      '₹12.50': '12.5',
      '125,000': '125000',
      'Rs. 0.50': '0.5',
      'INR 40': '40',
      '40 ₹': '40',
      '500/-': '500',
      '₹ 40 per kg': '40',
      '40/pc': '40',
      '7.50%': '7.5',
      '12 NOS': '12',
      '2.5kgs.': '2.5',
      '007': '7',
      '१,२०,०००': '120000',
    };
    for (const [cell, value] of Object.entries(figures)) expect(figure(cell)?.value, cell).toBe(value);
    expect(figure('12 nos')?.unit).toBe('NOS');
    expect(figure('₹12')?.sign).toBe('money');
    expect(figure('5 %')?.sign).toBe('percent');
  });

  it('is none where it would have to be guessed', () => {
    const guesses = [
      '12,5',
      '1.234,56',
      '1,2,3',
      '-5',
      '(5)',
      'twelve',
      '=1+1',
      '1e5',
      '',
      '.',
      '1.23456',
      '#REF!',
    ];
    const others = ['$ 5', '€5', '5 of 7', '12 pipe', '5 5', '₹ 5 kg', '1234567890123', '-', 'Rs.'];
    for (const cell of [...guesses, ...others]) expect(figure(cell), cell).toBeNull();
  });

  it('is the same however it is grouped and signed', () => {
    const grouped = (whole: number) => new Intl.NumberFormat('en-IN').format(whole);
    fc.assert(
      fc.property(fc.nat(999_999_999_999), fc.nat(9999), (whole, fraction) => {
        const digits = String(fraction).padStart(4, '0');
        const value = `${String(whole)}.${digits}`.replace(/\.?0+$/, '');
        for (const cell of [
          `${String(whole)}.${digits}`,
          `${grouped(whole)}.${digits}`,
          `₹ ${grouped(whole)}.${digits}`,
        ])
          expect(figure(cell)?.value).toBe(value);
      }),
    );
  });
});

describe('units', () => {
  it('are known in the words people write, and a box is no piece', () => {
    for (const word of ['nos', 'Nos.', 'PCS', 'kg', 'Kgs', 'mtr', 'pairs'])
      expect(isUnitWord(word), word).toBe(true);
    for (const word of ['bolt', 'x', '', 'mm']) expect(isUnitWord(word), word).toBe(false);
    expect(isSameUnit('kg', 'KGS')).toBe(true);
    expect(isSameUnit('pieces', 'NOS')).toBe(true);
    expect(isSameUnit('BOX', 'NOS')).toBe(false);
    expect(isSameUnit('DOZ', 'NOS')).toBe(false);
  });
});
