import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { DecimalField } from './DecimalField.tsx';
import { LineInput } from './LineInput.tsx';
import { NumberField } from './NumberField.tsx';
import { TestWindow } from './testing/mantine-window.tsx';
import { readDecimal } from './typed-decimal.ts';

describe('typing decimals', () => {
  it('drops grouping that was pasted along', () => {
    expect(readDecimal('₹1,25,000.50', 2)).toBe('125000.50');
  });

  it('never takes a comma for a decimal sign, nor drops one that groups nothing', () => {
    for (const figure of [
      '1,5',
      '12,50',
      '1,0000',
      '1000,000',
      ',5',
      '1,,000',
      '1,00,00',
      '0,5',
      '1.5,000',
    ]) {
      expect(readDecimal(figure, 3), figure).toBeNull();
    }
    for (const figure of ['1,00,000', '100,000', '1,00,00,000', '12,345,678']) {
      expect(readDecimal(figure, 3), figure).toBe(figure.replaceAll(',', ''));
    }
  });

  it('lets a number be typed step by step, and nothing else', () => {
    expect(readDecimal('12.', 3)).toBe('12.');
    expect(readDecimal('', 3)).toBe('');
    expect(readDecimal('12.3456', 3)).toBeNull();
    expect(readDecimal('1e5', 3)).toBeNull();
  });
});

function Owed() {
  const [amount, setAmount] = useState('25344.93');
  return <DecimalField label="Figure" places={2} value={amount} onChange={setAmount} />;
}

function Ordered() {
  const [quantity, setQuantity] = useState('25344.93');
  return (
    <LineInput
      mark={{ 'data-line': 0, 'data-column': 'quantity' }}
      label="Figure"
      value={quantity}
      decimalPlaces={2}
      end
      disabled={false}
      placeholder={undefined}
      error={null}
      onChange={setQuantity}
    />
  );
}

function Days() {
  const [days, setDays] = useState<number | string>(30);
  return <NumberField label="Days" value={days} onChange={setDays} />;
}

afterEach(cleanup);

it('keeps days as a whole number, empty as empty, and says what does not fit', () => {
  render(
    <TestWindow>
      <Days />
    </TestWindow>,
  );
  const field = screen.getByLabelText<HTMLInputElement>('Days');
  field.focus();
  expect([field.selectionStart, field.selectionEnd]).toEqual([0, 2]);
  const typed = (value: string) => {
    fireEvent.change(field, { target: { value } });
    return field.value;
  };
  expect([typed('45'), typed(''), typed('7')]).toEqual(['45', '', '7']);
  expect(typed('7.5')).toBe('7');
  expect(screen.getByText('Only a whole number fits here')).toBeTruthy();
  expect(typed('1234567890123')).toBe('7');
  expect(screen.getByText('At most 12 digits fit here')).toBeTruthy();
});

describe.each([
  ['a field for a figure', Owed],
  ['a cell for a figure', Ordered],
])('%s', (_name, Figure) => {
  const shown = () => {
    render(
      <TestWindow>
        <Figure />
      </TestWindow>,
    );
    return screen.getByLabelText<HTMLInputElement>('Figure');
  };

  it('selects what is there, by the keyboard and by the mouse, so that typing replaces it', () => {
    const field = shown();
    field.focus();
    expect([field.selectionStart, field.selectionEnd]).toEqual([0, 8]);
    field.blur();
    field.setSelectionRange(3, 3);
    expect(fireEvent.mouseDown(field)).toBe(false);
    expect([document.activeElement, field.selectionStart, field.selectionEnd]).toEqual([field, 0, 8]);
    // A second press puts the cursor where it is wanted.
    expect(fireEvent.mouseDown(field)).toBe(true);
  });

  it('says what does not fit instead of dropping it, and keeps the figure', () => {
    const field = shown();
    fireEvent.change(field, { target: { value: '25344.932' } });
    expect(field.value).toBe('25344.93');
    expect(screen.getByText('Only a number with up to 2 decimals fits here')).toBeTruthy();
    fireEvent.change(field, { target: { value: '2000' } });
    expect(field.value).toBe('2000');
    expect(screen.queryByText(/fits here/)).toBeNull();
  });

  /** Key by key, each after what the field shows by then. */
  const typeInto = (field: HTMLInputElement, keys: string) => {
    fireEvent.change(field, { target: { value: '' } });
    for (const key of keys) fireEvent.change(field, { target: { value: field.value + key } });
  };

  it('takes grouping as it is typed, and shows the figure once it is left', () => {
    for (const [keys, figure] of [
      ['1,00,000', '100000'],
      ['1,00,00,000.5', '10000000.5'],
      ['12,345,678', '12345678'],
    ] as const) {
      const field = shown();
      typeInto(field, keys);
      expect(field.value).toBe(keys);
      expect(screen.queryByText(/comma/)).toBeNull();
      fireEvent.blur(field);
      expect(field.value).toBe(figure);
      cleanup();
    }
  });

  it('keeps 1,5 as it was typed and says that it is none, until it is mended', () => {
    for (const keys of ['1,5', '1234,5', '12,50']) {
      const field = shown();
      typeInto(field, keys);
      fireEvent.blur(field);
      expect(field.value).toBe(keys);
      expect(screen.getByText(/A comma only groups digits/)).toBeTruthy();
      fireEvent.change(field, { target: { value: keys.replace(',', '.') } });
      expect(field.value).toBe(keys.replace(',', '.'));
      expect(screen.queryByText(/comma/)).toBeNull();
      cleanup();
    }
  });
});
