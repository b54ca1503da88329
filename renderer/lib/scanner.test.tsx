import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useScanner, useScannerKeys } from './scanner.ts';

function Floor({ scans, presses, typed }: { scans: string[]; presses: string[]; typed?: string }) {
  const [quantity, setQuantity] = useState('12');
  useScannerKeys();
  useScanner((code) => scans.push(code), { knows: (code) => code === '4006381333931' || code === 'B-02' });
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
          const { value } = event.currentTarget;
          // As a figure's field does: letters never come into it.
          setQuantity(typed === 'decimal' ? value.replaceAll(/[^\d.]/g, '') : value);
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

  it('keeps the separators of a GS1 code, which a scanner types as Ctrl+]', () => {
    open();
    const field = screen.getByLabelText<HTMLInputElement>('Quantity');
    const press = (at: number, key: string, ctrlKey = false) => {
      const event = new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true });
      Object.defineProperty(event, 'timeStamp', { value: at });
      fireEvent(field, event);
      if (key.length === 1 && !ctrlKey) fireEvent.change(field, { target: { value: field.value + key } });
    };
    let at = 1000;
    for (const key of ']d201089012345678903010L-1') press((at += 8), key);
    press((at += 8), 'Control', true);
    press((at += 8), ']', true);
    for (const key of '17271231') press((at += 8), key);
    press(at + 8, 'Enter');
    expect(scans).toEqual([']d201089012345678903010L-1\u001d17271231']);
    expect(value()).toBe('12');
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
    // Lots, delivery notes and tracking numbers look like anything, barcodes of trade too.
    ['reference', 'L-2211'],
    ['reference', '8901234567894'],
    ['reference', 'DN/26-27 00017'],
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
    ['decimal', 'LOT-77/A1'],
    ['decimal', '89012345'],
    ['day', 'FST-1010'],
    // A product of the document, and a bin of the warehouse.
    ['reference', '4006381333931'],
    ['reference', 'B-02'],
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

describe('keys beside all fields', () => {
  let scans: string[] = [];
  let keys: string[] = [];
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('AudioContext', undefined);
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
    vi.unstubAllGlobals();
    scans = [];
    keys = [];
  });

  function Screen({ takes = true }: { takes?: boolean }) {
    useScannerKeys();
    useScanner((code) => scans.push(code), { enabled: takes });
    return (
      <button type="button" onKeyDown={(event) => keys.push(event.key)}>
        Approve
      </button>
    );
  }

  /** Presses keys on the button, `gap` milliseconds apart; returns which of them the page may still act on. */
  function press(pressed: readonly string[], gap: number, options: KeyboardEventInit = {}): string[] {
    return pressed.filter((key) => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options });
      Object.defineProperty(event, 'timeStamp', { value: performance.now() });
      const acts = fireEvent(screen.getByRole('button'), event);
      vi.advanceTimersByTime(gap);
      return acts;
    });
  }

  it.each([5, 10, 15, 30])('act on nothing when they come %i ms apart and end with Enter', (gap) => {
    render(<Screen />);
    expect(press([...'aecrnj', 'Enter'], gap)).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(keys).toEqual([]);
    expect(scans).toEqual(['aecrnj']);
  });

  it('are one scan with the spaces in them, and with a shift between them', () => {
    render(<Screen />);
    press(['B', 'Shift', '-', ' ', '2', 'Tab'], 8);
    expect(scans).toEqual(['B- 2']);
    expect(keys).toEqual(['Shift']);
  });

  it('are one scan although its first key was seen late', () => {
    render(<Screen />);
    press(['a'], 45);
    press([...'bc1', 'Enter'], 5);
    expect([keys, scans]).toEqual([[], ['abc1']]);
  });

  it.each([60, 90, 120])('act one by one for somebody who types a key every %i ms', (gap) => {
    render(<Screen />);
    expect(press(['g', 'p', 'a', 'Enter'], gap)).toEqual(['Enter']);
    expect(keys).toEqual(['g', 'p', 'a', 'Enter']);
    expect(scans).toEqual([]);
  });

  it('act at once where no letter is: a space, an arrow, a chord', () => {
    render(<Screen />);
    expect(press([' ', 'ArrowDown', 'Enter'], 0)).toEqual([' ', 'ArrowDown', 'Enter']);
    expect(press(['k'], 0, { ctrlKey: true })).toEqual(['k']);
  });

  it('act once when they are held down', () => {
    render(<Screen />);
    press(['j'], 500);
    press(['j', 'j', 'j'], 33, { repeat: true });
    vi.advanceTimersByTime(1000);
    expect([keys, scans]).toEqual([['j'], []]);
  });

  it('act on nothing when no Enter comes behind a burst', () => {
    render(<Screen />);
    press([...'ean'], 8);
    vi.advanceTimersByTime(1000);
    expect(press(['Enter'], 0)).toEqual(['Enter']);
    expect([keys, scans]).toEqual([['Enter'], []]);
  });

  it('press nothing where nothing takes a scan', () => {
    render(<Screen takes={false} />);
    expect(press([...'8901', 'Enter'], 8)).toEqual([]);
    expect([keys, scans]).toEqual([[], []]);
  });

  it('are given to no screen behind a dialog', () => {
    render(
      <>
        <Screen />
        <div role="dialog" aria-modal="true" />
      </>,
    );
    expect(press([...'8901', 'Enter'], 8)).toEqual([]);
    expect(scans).toEqual([]);
  });
});

describe('a scan into a field of a dialog', () => {
  let sent = 0;
  afterEach(() => {
    cleanup();
    sent = 0;
  });
  function Dialog({ typed, type: kind }: { typed?: string; type?: string }) {
    useScannerKeys();
    return (
      <form
        onSubmit={(event) => {
          event.preventDefault();
          sent += 1;
        }}
      >
        <input
          aria-label="Quantity"
          role={typed === 'combobox' ? typed : undefined}
          data-typed={typed === 'combobox' ? undefined : typed}
          type={kind}
          onKeyDown={(event) => {
            // A short list takes its entry by Enter.
            if (event.key === 'Enter' && typed === 'combobox') event.preventDefault();
            if (event.key === 'Enter' && !event.defaultPrevented) event.currentTarget.form?.requestSubmit();
          }}
        />
      </form>
    );
  }

  it.each([
    ['a plain field keeps it', undefined, 'B-02-1', 'B-02-1'],
    ['a figure that fits stays', 'decimal', '2000', '2000'],
    ['a barcode is no figure', 'decimal', '8901234567894', ''],
    ['a barcode is no entry of a short list', 'combobox', '8901234567894', ''],
    ['a short list keeps what it may have', 'combobox', 'GST5', 'GST5'],
  ])('sends nothing: %s', (_words, typed, text, left) => {
    render(<Dialog {...(typed ? { typed } : {})} />);
    type(text, 8);
    expect(sent).toBe(0);
    expect(value()).toBe(left);
  });

  it.each(['password', 'text'])('sends what was typed at a person’s speed into a %s field', (kind) => {
    render(<Dialog type={kind} />);
    type('B-02-1', 60);
    expect(sent).toBe(1);
  });

  it('sends a password as fast as a program types it', () => {
    render(<Dialog type="password" />);
    type('quartermaster', 2);
    expect(sent).toBe(1);
  });

  it('sends a figure that was made by holding a key down', () => {
    render(<Dialog typed="decimal" />);
    const field = screen.getByLabelText<HTMLInputElement>('Quantity');
    for (const [index, key] of ['5', '0', '0', '0', '0', 'Enter'].entries()) {
      const event = new KeyboardEvent('keydown', {
        key,
        bubbles: true,
        cancelable: true,
        repeat: key === '0' && index > 1,
      });
      Object.defineProperty(event, 'timeStamp', { value: 1000 + index * 33 });
      fireEvent(field, event);
    }
    expect(sent).toBe(1);
  });
});
