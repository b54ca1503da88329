import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { ShortList } from './ShortList.tsx';
import { TestWindow } from './testing/mantine-window.tsx';
import { settleChoices } from './unsettled-choices.ts';

const classes = [
  { value: 'EXEMPT', label: 'EXEMPT · 0 %' },
  { value: 'GST5', label: 'GST5 · 5 %' },
  { value: 'GST18', label: 'GST18 · 18 %' },
];

let sent = 0;

function Form({ clearable = false }: { clearable?: boolean }) {
  const [value, setValue] = useState<string | null>('GST18');
  const [here, setHere] = useState(false);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        sent += 1;
      }}
    >
      <ShortList
        label="Tax class"
        data={here ? classes : [{ value: 'GST18', label: 'GST18' }]}
        waits={!here}
        value={value}
        clearable={clearable}
        onChange={setValue}
      />
      <input aria-label="Next" />
      <button
        type="button"
        onClick={() => {
          setHere(true);
        }}
      >
        Arrive
      </button>
      <output>{value ?? 'none'}</output>
    </form>
  );
}

const field = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Tax class' });
const chosen = () => screen.getByRole('status').textContent;
const open = (clearable = false) => render(<Form clearable={clearable} />, { wrapper: TestWindow });

function type(text: string) {
  field().focus();
  fireEvent.input(field(), { target: { value: text } });
}
const arrive = () => fireEvent.click(screen.getByRole('button', { name: 'Arrive' }));
function leave() {
  act(() => {
    screen.getByLabelText('Next').focus();
  });
}

describe('a short list that is typed into', () => {
  afterEach(() => {
    cleanup();
    sent = 0;
  });

  it('takes what was typed before its entries came, when they come', () => {
    open();
    type('gst5');
    leave();
    expect(field().value).toBe('gst5');
    expect(chosen()).toBe('GST18');
    arrive();
    expect(chosen()).toBe('GST5');
    expect(field().value).toBe('GST5 · 5 %');
  });

  it('keeps what is being typed when its entries come meanwhile', () => {
    open();
    type('gst5');
    arrive();
    expect(field().value).toBe('gst5');
    leave();
    expect(chosen()).toBe('GST5');
  });

  it('changes nothing for somebody who only passes through', () => {
    open();
    field().focus();
    leave();
    arrive();
    field().focus();
    leave();
    expect(chosen()).toBe('GST18');
    expect(field().value).toBe('GST18 · 18 %');
  });

  it('keeps a text that no entry has, and says so', () => {
    open();
    type('gst7');
    leave();
    expect(screen.queryByText(/Nothing found for/)).toBeNull();
    arrive();
    expect(screen.getByText('Nothing found for “gst7”.')).toBeTruthy();
    expect(field().value).toBe('gst7');
    expect(chosen()).toBe('GST18');
  });

  it('goes back to its entry by Escape', () => {
    open();
    arrive();
    type('gst5');
    fireEvent.keyDown(field(), { key: 'Escape', code: 'Escape' });
    leave();
    expect(field().value).toBe('GST18 · 18 %');
    expect(chosen()).toBe('GST18');
  });

  it('is emptied by deleting its text, where it may be empty', () => {
    open(true);
    arrive();
    type('');
    leave();
    expect(chosen()).toBe('none');
  });

  it('keeps its entry when its text is deleted where it may not be empty', () => {
    open();
    arrive();
    type('');
    leave();
    expect(chosen()).toBe('GST18');
    expect(field().value).toBe('GST18 · 18 %');
  });

  it.each(['Enter', 'Tab'])('keeps the chosen entry when its own text is typed again, by %s', (key) => {
    open();
    arrive();
    type('GST18 · 18');
    type('GST18 · 18 %');
    fireEvent.keyDown(field(), { key, code: key });
    leave();
    expect(chosen()).toBe('GST18');
    expect(field().value).toBe('GST18 · 18 %');
  });

  it('sends no form by the Enter that asks for an entry', () => {
    open();
    type('gst5');
    expect(fireEvent.keyDown(field(), { key: 'Enter', code: 'Enter' })).toBe(false);
    arrive();
    expect(chosen()).toBe('GST5');
    expect(sent).toBe(0);
  });

  it('is waited for by a form that is saved meanwhile', async () => {
    open();
    type('gst5');
    let settled: boolean | undefined;
    const waiting = settleChoices().then((answer) => {
      settled = answer;
    });
    await act(() => Promise.resolve());
    expect(settled).toBeUndefined();
    arrive();
    await act(() => waiting);
    expect([settled, chosen()]).toEqual([true, 'GST5']);
  });
});
