import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { useScanner } from './scanner.ts';

function Floor({ scans, presses, typed }: { scans: string[]; presses: string[]; typed?: string }) {
  const [quantity, setQuantity] = useState('12');
  useScanner((code) => scans.push(code));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        presses.push('submit');
      }}
    >
      <input
        aria-label="Quantity"
        data-typed={typed}
        value={quantity}
        onChange={(event) => {
          setQuantity(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') presses.push('enter');
        }}
      />
    </form>
  );
}

/** Types a text into the field as a keyboard does: the key, then the changed value; `gap` milliseconds apart. */
function type(text: string, gap: number, from = 1000): number {
  const field = screen.getByLabelText<HTMLInputElement>('Quantity');
  let at = from;
  const press = (key: string) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    Object.defineProperty(event, 'timeStamp', { value: at });
    fireEvent(field, event);
    at += gap;
  };
  for (const key of text) {
    press(key);
    fireEvent.change(field, { target: { value: field.value + key } });
  }
  press('Enter');
  return at;
}

const value = () => screen.getByLabelText<HTMLInputElement>('Quantity').value;

describe('scanning with a keyboard-wedge scanner', () => {
  let scans: string[] = [];
  let presses: string[] = [];
  afterEach(() => {
    cleanup();
    scans = [];
    presses = [];
  });
  const open = (typed?: string) =>
    render(<Floor scans={scans} presses={presses} {...(typed ? { typed } : {})} />);

  it('takes a burst of keys as one code and leaves the field as it was', () => {
    open();
    type('8901234567894', 8);
    expect(scans).toEqual(['8901234567894']);
    expect(value()).toBe('12');
  });

  it("lets the scanner's Enter press nothing", () => {
    open();
    type('8901234567894', 8);
    expect(presses).toEqual([]);
  });

  it('leaves a person on the number pad alone', () => {
    open();
    type('125000', 140);
    expect(scans).toEqual([]);
    expect(value()).toBe('12125000');
    expect(presses).toEqual(['enter']);
  });

  it('tells the code from what a person typed just before it', () => {
    open();
    const field = screen.getByLabelText<HTMLInputElement>('Quantity');
    for (const [index, key] of [...'34'].entries()) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      Object.defineProperty(event, 'timeStamp', { value: 1000 + index * 200 });
      fireEvent(field, event);
      fireEvent.change(field, { target: { value: field.value + key } });
    }
    type('B-02', 5, 1400);
    expect(scans).toEqual(['B-02']);
    expect(value()).toBe('1234');
  });

  it.each([
    ['record', 'FST-1010'],
    ['decimal', '1250.50'],
    ['day', '051226'],
  ])('leaves a burst that a %s field can read to that field, with its Enter', (typed, text) => {
    open(typed);
    type(text, 20);
    expect(scans).toEqual([]);
    expect(value()).toBe(`12${text}`);
    expect(presses).toEqual(['enter']);
  });

  it('leaves a day to its field although the page was busy behind the first key', () => {
    open('day');
    const field = screen.getByLabelText<HTMLInputElement>('Quantity');
    fireEvent.change(field, { target: { value: '' } });
    const first = new KeyboardEvent('keydown', { key: '0', bubbles: true, cancelable: true });
    Object.defineProperty(first, 'timeStamp', { value: 700 });
    fireEvent(field, first);
    fireEvent.change(field, { target: { value: '0' } });
    type('51226', 20);
    expect(scans).toEqual([]);
    expect(value()).toBe('051226');
    expect(presses).toEqual(['enter']);
  });

  it('counts what was typed in the field before as no part of it', () => {
    open('record');
    const before = document.createElement('input');
    document.body.append(before);
    for (const [index, key] of [...'+7'].entries()) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      Object.defineProperty(event, 'timeStamp', { value: 960 + index * 20 });
      fireEvent(before, event);
    }
    type('ABR-1273', 20, 1000);
    before.remove();
    expect(scans).toEqual([]);
    expect(presses).toEqual(['enter']);
  });

  it.each([
    ['record', '8901234567894'],
    ['decimal', 'B-02'],
    ['decimal', '89012345'],
    ['day', 'FST-1010'],
  ])('takes a code out of a %s field that can’t mean %s', (typed, code) => {
    open(typed);
    type(code, 20);
    expect(scans).toEqual([code]);
    expect(value()).toBe('12');
    expect(presses).toEqual([]);
  });

  it('takes a code although the page was busy for a moment', () => {
    open();
    const field = screen.getByLabelText<HTMLInputElement>('Quantity');
    const first = new KeyboardEvent('keydown', { key: '8', bubbles: true, cancelable: true });
    Object.defineProperty(first, 'timeStamp', { value: 1000 });
    fireEvent(field, first);
    fireEvent.change(field, { target: { value: `${field.value}8` } });
    type('901234567894', 6, 1120);
    expect(scans).toEqual(['8901234567894']);
    expect(value()).toBe('12');
  });
});
