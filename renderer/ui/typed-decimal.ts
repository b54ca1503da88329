import { plural, t } from '@lingui/core/macro';
import { useState, type ChangeEvent, type FocusEvent, type MouseEvent } from 'react';

/** What every amount and quantity has room for before the point. */
const mostDigits = 12;

/**
 * What a person types for a decimal, as the wire wants it: grouping commas and spaces (a pasted `1,25,000.50`) are
 * dropped, a comma can't be a decimal sign here. Null when it can't become a decimal with that many places.
 */
export function readDecimal(text: string, places: number): string | null {
  const plain = text.replaceAll(/[\s,₹]/g, '');
  return isDecimal(plain, places) ? plain : null;
}

/** Whether a text is a decimal with at most that many places, complete or half typed. */
export function isDecimal(text: string, places: number): boolean {
  const decimals = places === 0 ? '' : `(\\.\\d{0,${String(places)}})?`;
  return new RegExp(`^-?\\d{0,${String(mostDigits)}}${decimals}$`).test(text);
}

function wordsOfRefusal(text: string, places: number): string {
  if (/^\D*\d{13,}/.test(text.replaceAll(/[\s,]/g, ''))) {
    return t`At most ${mostDigits} digits fit here`;
  }
  return plural(places, {
    0: 'Only a whole number fits here',
    one: 'Only a number with up to one decimal fits here',
    other: 'Only a number with up to # decimals fits here',
  });
}

/**
 * How a figure is typed, in every field for one: the figure that is there is replaced by the first key, and a key that
 * can't be part of a figure is refused in words, never dropped without a sign. A value that came another way and isn't
 * a figure (a pasted cell) is edited like any text until it is one.
 */
export function useTypedDecimal(places: number, onChange: ((value: string) => void) | undefined, value = '') {
  const [refusal, setRefusal] = useState<string | null>(null);
  return {
    refusal,
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
        setRefusal(null);
      },
      onChange(event: ChangeEvent<HTMLInputElement>) {
        const text = event.currentTarget.value;
        const read = readDecimal(text, places) ?? (isDecimal(value, places) ? null : text);
        setRefusal(read === null ? wordsOfRefusal(text, places) : null);
        if (read !== null) onChange?.(read);
      },
    },
  } as const;
}
