import { plural, t } from '@lingui/core/macro';
import { useState, type ChangeEvent, type FocusEvent, type MouseEvent } from 'react';

/** What every amount and quantity has room for before the point. */
const mostDigits = 12;

/** Digits in groups, of lakh and crore or of thousands: `1,00,000.50`. */
const grouped = /^-?\d{1,3}(,\d{2,3})*,\d{3}(\.\d*)?$/;
/** Groups that are still being typed. */
const groupedSoFar = /^-?\d{1,3}(,\d{2,3})*(,\d{0,3})?$/;
/** Digits with a comma among them, wherever it stands. */
const withComma = /^-?\d*,[\d,]*(\.\d*)?$/;

/**
 * A figure without the commas that group its digits; null where a comma groups nothing. `1,5` is not 15, and a comma is no
 * decimal sign here.
 */
export function ungrouped(text: string): string | null {
  if (!text.includes(',')) return text;
  return grouped.test(text) ? text.replaceAll(',', '') : null;
}

const bare = (text: string) => text.replaceAll(/[\s₹]/g, '');

/**
 * What a person types for a decimal, as the wire wants it: spaces, the rupee's sign and grouping commas (`1,25,000.50`) are
 * dropped. Null when it can't become a decimal with so many places.
 */
export function readDecimal(text: string, places: number): string | null {
  const plain = ungrouped(bare(text));
  return plain !== null && isDecimal(plain, places) ? plain : null;
}

/** Whether a text is a decimal with at most that many places, complete or half typed. */
export function isDecimal(text: string, places: number): boolean {
  const decimals = places === 0 ? '' : `(\\.\\d{0,${String(places)}})?`;
  return new RegExp(`^-?\\d{0,${String(mostDigits)}}${decimals}$`).test(text);
}

function wordsOfRefusal(text: string, places: number): string {
  if (withComma.test(bare(text)) && ungrouped(bare(text)) === null) return commaWords();
  if (/^\D*\d{13,}/.test(text.replaceAll(/[\s,]/g, ''))) {
    return t`At most ${mostDigits} digits fit here`;
  }
  return plural(places, {
    0: 'Only a whole number fits here',
    one: 'Only a number with up to one decimal fits here',
    other: 'Only a number with up to # decimals fits here',
  });
}

function commaWords(): string {
  return t`A comma only groups digits, as in 1,00,000: write decimals with a point`;
}

/**
 * How a figure is typed in every field for one: the first key replaces the current figure, and a key that can't be
 * part of a figure is refused in words, never dropped silently. Typed commas stay until the field is left: the figure
 * is the one they group, or none (`1,5`), which the field reports and a form refuses. Any other content that is no
 * figure (`value`: a pasted cell) is edited like text until it is one. `shown` is what stands in the field; while
 * `isUnderWay`, nothing is said of a figure that isn't whole yet.
 */
export function useTypedDecimal(places: number, onChange: ((value: string) => void) | undefined, value = '') {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [typed, setTyped] = useState({ text: '', value: '' });
  const isTyping = typed.text !== '' && typed.value === value;
  const shown = isTyping ? typed.text : value;
  return {
    refusal,
    shown,
    isUnderWay: isTyping && groupedSoFar.test(bare(typed.text)),
    input: {
      inputMode: 'decimal',
      autoComplete: 'off',
      // A scanner's burst that is a figure was typed for this field.
      'data-typed': 'decimal',
      onFocus(event: FocusEvent<HTMLInputElement>) {
        event.currentTarget.select();
      },
      // The press that brings the focus would put the cursor into the selected figure.
      onMouseDown(event: MouseEvent<HTMLInputElement>) {
        if (document.activeElement === event.currentTarget) return;
        event.preventDefault();
        event.currentTarget.focus();
      },
      onBlur() {
        setTyped({ text: '', value: '' });
        setRefusal(withComma.test(value) ? commaWords() : null);
      },
      onChange(event: ChangeEvent<HTMLInputElement>) {
        const text = event.currentTarget.value;
        const kept = withComma.test(bare(text)) ? bare(text) : isDecimal(value, places) ? null : text;
        const read = readDecimal(text, places) ?? kept;
        const isRefused = read === null || (withComma.test(read) && !groupedSoFar.test(read));
        setRefusal(isRefused ? wordsOfRefusal(text, places) : null);
        if (read === null) return;
        // Groups grow key by key; what was pasted whole is shown as the figure it is.
        const isGrouping = text.includes(',') && (read.includes(',') || text.length - shown.length === 1);
        setTyped(isGrouping ? { text, value: read } : { text: '', value: '' });
        onChange?.(read);
      },
    },
  } as const;
}
