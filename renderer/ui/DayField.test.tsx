import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { DayField } from './DayField.tsx';
import { DayRange } from './DayRange.tsx';
import { today } from '../../server/ground/days.contract.ts';
import { daysAfter, formatDay } from './moments.ts';
import { TestWindow } from './testing/mantine-window.tsx';
import { unreadableDay } from './typed-day.ts';

function Expected({ error }: { error?: string }) {
  const [day, setDay] = useState('');
  return (
    <>
      <DayField label="Expected on" direction="ahead" value={day} onChange={setDay} error={error} />
      <output>{day}</output>
    </>
  );
}

function Ordered() {
  const [from, setFrom] = useState<string | undefined>();
  return (
    <>
      <DayRange label="Ordered" from={from} to={undefined} onChange={(_end, day) => setFrom(day)} />
      <output>{from ?? 'any day'}</output>
    </>
  );
}

const value = () => document.querySelector('output')?.textContent;

function typeInto(name: string, text: string): HTMLInputElement {
  const field = screen.getByLabelText<HTMLInputElement>(name);
  fireEvent.focus(field);
  fireEvent.change(field, { target: { value: text } });
  return field;
}

afterEach(cleanup);

describe('a field for a day', () => {
  it('is read while it is typed and written out on leaving it', () => {
    render(<Expected />, { wrapper: TestWindow });
    const field = typeInto('Expected on', '+7');
    const day = daysAfter(today(), 7);
    expect(value()).toBe(day);
    expect(field.value).toBe('+7');
    fireEvent.blur(field);
    expect(field.value).toBe(formatDay(day));
    expect(screen.queryByText(unreadableDay)).toBeNull();
  });

  it('keeps what it can’t read and says so, once the person is done', () => {
    render(<Expected />, { wrapper: TestWindow });
    const field = typeInto('Expected on', '5/13');
    expect(screen.queryByText(unreadableDay)).toBeNull();
    fireEvent.blur(field);
    expect(field.value).toBe('5/13');
    expect(screen.getByText(unreadableDay)).toBeDefined();
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(value(), 'the form must refuse it too').toBe('5/13');
  });

  it('never keeps the day before under a text it can’t read', () => {
    render(<Expected />, { wrapper: TestWindow });
    fireEvent.blur(typeInto('Expected on', 'today'));
    fireEvent.blur(typeInto('Expected on', 'todya'));
    expect(value()).toBe('todya');
  });

  it('is emptied by emptying it', () => {
    render(<Expected />, { wrapper: TestWindow });
    fireEvent.blur(typeInto('Expected on', 'today'));
    fireEvent.blur(typeInto('Expected on', ''));
    expect(value()).toBe('');
    expect(screen.queryByText(unreadableDay)).toBeNull();
  });

  it('stops Tab once: its calendar and its × have names and are for the mouse', () => {
    render(<Ordered />, { wrapper: TestWindow });
    fireEvent.blur(typeInto('Ordered from', 'today'));
    const buttons = screen.getAllByRole('button');
    expect(buttons.map((button) => button.getAttribute('aria-label'))).toEqual([
      'Clear the field',
      'Calendar',
      'Calendar',
    ]);
    for (const button of buttons) expect(button.tabIndex).toBe(-1);
  });

  it('as a filter waits for Enter, and leaves the list as it was for a text it can’t read', () => {
    render(<Ordered />, { wrapper: TestWindow });
    const field = typeInto('Ordered from', 'yes');
    expect(value()).toBe('any day');
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(value()).toBe(daysAfter(today(), -1));
    fireEvent.blur(typeInto('Ordered from', 'never'));
    expect(value()).toBe(daysAfter(today(), -1));
    expect(field.value).toBe('never');
    expect(screen.getByText(unreadableDay)).toBeDefined();
  });
});
