import { describe, expect, test } from 'vitest';
import { textSchema } from './record.contract.ts';
import { keptText, typedText } from './text.contract.ts';

/** Every code point that Unicode calls ignorable, format or space, and the symbols without a visible shape. */
const unseen = Array.from({ length: 0x110000 }, (_, point) => point)
  .filter((point) => point < 0xd800 || point > 0xdfff)
  .map((point) => String.fromCodePoint(point))
  .filter((character) =>
    /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{White_Space}\u2800\u{1D159}]/u.test(character),
  );

describe('text as it is kept', () => {
  test('is composed: a letter with its accent is one, and ज़ is written one way', () => {
    expect(keptText('Cafe\u0301')).toBe('Caf\u00e9');
    expect(keptText('\u095b')).toBe(keptText('\u091c\u093c'));
  });

  test('has nothing at its ends that cannot be seen, and everything within', () => {
    expect(unseen.length).toBeGreaterThan(4000);
    expect(unseen).toEqual(
      expect.arrayContaining(['\u200b', '\u2060', '\u3164', '\u115f', '\u2800', '\ufeff']),
    );
    const left = unseen.filter((one) => keptText(`${one}M8 bolt${one}${one}`) !== 'M8 bolt');
    expect(left).toEqual([]);
    expect(keptText('ab\u200bcd')).toBe('ab\u200bcd');
    expect(keptText(' \t\n plain \r\n')).toBe('plain');
  });

  test('keeps the joiner that shapes the last letter of an Indian word', () => {
    for (const word of ['\u0d05\u0d35\u0d28\u0d4d\u200d', '\u0930\u094d\u200d', '\u0915\u094d\u200c']) {
      expect(keptText(word)).toBe(word.normalize('NFC'));
      expect(keptText(`${word}\u200b `)).toBe(word.normalize('NFC'));
    }
  });

  test('keeps letters and pictures beyond the basic plane whole', () => {
    expect(keptText('\u200b\u{1F4E6}\u200b')).toBe('\u{1F4E6}');
    expect(keptText('\u{1F4E6}\u{E0020}')).toBe('\u{1F4E6}');
  });
});

describe('a name', () => {
  const name = textSchema(200, 1);

  test('of nothing but invisible characters is empty', () => {
    expect(unseen.filter((one) => name.safeParse(one.repeat(3)).success)).toEqual([]);
    expect(name.safeParse(unseen.slice(0, 190).join('')).error?.issues[0]?.message).toBe('input.required');
  });

  test('is measured as it is kept', () => {
    expect(textSchema(4, 1).parse('\u200bCafe\u0301 ')).toBe('Caf\u00e9');
    expect(textSchema(4, 1).safeParse('Cafe\u0301s').success).toBe(false);
  });
});

test('a text that is far too long is refused for that, without being composed', () => {
  const marks = 'a' + '\u0301\u0316'.repeat(500_000);
  expect(textSchema(200).safeParse(marks).error?.issues[0]?.message).toBe(
    'input.most_characters {"most":200}',
  );
  expect(typedText(200).parse(marks)).toBe(marks);
});
