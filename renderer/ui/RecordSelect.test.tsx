import { cleanup, render, act, fireEvent, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { RecordSelect, type SelectOption } from './RecordSelect.tsx';
import { settleChoices } from './unsettled-choices.ts';
import { TestWindow } from './testing/mantine-window.tsx';

const products: SelectOption<null>[] = [
  { id: 'a', code: 'SKU-10', label: 'Ball screw', data: null },
  { id: 'b', code: 'SKU-2', label: 'Ball bearing', data: null },
  { id: 'c', code: 'SKU-1', label: 'Hex bolt', data: null },
];
const matching = (text: string) =>
  products.filter((one) => `${one.code ?? ''} ${one.label}`.toLowerCase().includes(text.toLowerCase()));

/** A list whose answers come when the test says so. */
class SlowList {
  readonly asked: string[] = [];
  private readonly answers: (() => void)[] = [];
  readonly search = (text: string) =>
    new Promise<SelectOption<null>[]>((resolve) => {
      this.asked.push(text);
      this.answers.push(() => {
        resolve(matching(text));
      });
    });
  async answer(): Promise<void> {
    await act(async () => {
      for (const one of this.answers.splice(0)) one();
      await new Promise((resolve) => setTimeout(resolve, 0));
    });
  }
}

function Choice({ search }: { search: (text: string) => Promise<SelectOption<null>[]> }) {
  const [id, setId] = useState<string | null>(null);
  return (
    <form>
      <RecordSelect
        label="Product"
        source={{ name: 'products', none: 'No product yet.', search }}
        value={id}
        onChange={setId}
      />
      <input aria-label="Next" />
      <output>{id ?? 'none'}</output>
    </form>
  );
}

const field = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Product' });
const next = () => screen.getByLabelText<HTMLInputElement>('Next');
const chosen = () => document.querySelector('output')?.textContent;
const type = (text: string) => {
  act(() => {
    field().focus();
  });
  fireEvent.change(field(), { target: { value: text } });
};
const press = (key: string) => fireEvent.keyDown(field(), { key });

afterEach(cleanup);

describe('choosing by typing', () => {
  it('takes what Enter was pressed for, although the answer came later', async () => {
    const list = new SlowList();
    render(<Choice search={list.search} />, { wrapper: TestWindow });
    type('bear');
    press('Enter');
    expect(list.asked, 'Enter asks at once').toContain('bear');
    expect(chosen()).toBe('none');
    await list.answer();
    expect(chosen()).toBe('b');
    expect(field().value).toBe('Ball bearing');
  });

  it('takes it for Tab too, when the person is two fields on', async () => {
    const list = new SlowList();
    render(<Choice search={list.search} />, { wrapper: TestWindow });
    type('bear');
    press('Tab');
    act(() => {
      next().focus();
    });
    fireEvent.change(next(), { target: { value: '12' } });
    await list.answer();
    expect(chosen()).toBe('b');
    expect(next().value).toBe('12');
    expect(document.activeElement).toBe(next());
  });

  it('takes nothing for a text that was typed over', async () => {
    const list = new SlowList();
    render(<Choice search={list.search} />, { wrapper: TestWindow });
    type('bear');
    press('Enter');
    type('bolt');
    await list.answer();
    expect(chosen()).toBe('none');
    expect(field().value).toBe('bolt');
    press('Enter');
    await list.answer();
    expect(chosen()).toBe('c');
  });

  it('lets an exact code win, wherever it stands in the list', async () => {
    render(<Choice search={(text) => Promise.resolve(matching(text))} />, { wrapper: TestWindow });
    type('sku-1');
    press('Enter');
    await waitFor(() => {
      expect(chosen()).toBe('c');
    });
  });

  it('marks the option Enter will take, and the arrows go on from it', async () => {
    render(<Choice search={(text) => Promise.resolve(matching(text))} />, { wrapper: TestWindow });
    type('ball');
    await screen.findByRole('option', { name: /Ball screw/, selected: true });
    expect(field().getAttribute('aria-activedescendant')).toBe(
      screen.getByRole('option', { selected: true }).id,
    );
    press('ArrowDown');
    press('Enter');
    expect(chosen()).toBe('b');
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  it('keeps a text that nothing answers to, and says so', async () => {
    render(<Choice search={(text) => Promise.resolve(matching(text))} />, { wrapper: TestWindow });
    type('washer');
    press('Enter');
    expect(await screen.findByText('Nothing found for “washer”.')).toBeDefined();
    act(() => {
      next().focus();
    });
    expect(field().value).toBe('washer');
  });

  it('chooses nothing when the field is only left: an ambiguous text is asked about', async () => {
    render(<Choice search={(text) => Promise.resolve(matching(text))} />, { wrapper: TestWindow });
    type('ball');
    act(() => {
      next().focus();
    });
    expect(await screen.findByText('Several match “ball”. Choose one.')).toBeDefined();
    expect(chosen()).toBe('none');
    type('sku-2');
    act(() => {
      next().focus();
    });
    await waitFor(() => {
      expect(chosen()).toBe('b');
    });
  });

  it('lets a form wait for its answer before it is sent, and not be sent without one', async () => {
    const list = new SlowList();
    render(<Choice search={list.search} />, { wrapper: TestWindow });
    type('bear');
    const settled = settleChoices();
    await list.answer();
    expect(await settled).toBe(true);
    expect(chosen()).toBe('b');
    type('washer');
    const refused = settleChoices();
    await list.answer();
    expect(await refused).toBe(false);
    press('Escape');
    expect(field().value).toBe('Ball bearing');
    expect(await settleChoices()).toBe(true);
  });

  it('keeps the typed text while the list is away', async () => {
    render(<Choice search={() => Promise.reject(new Error('away'))} />, { wrapper: TestWindow });
    type('bolt');
    await screen.findByText(/could not be read/);
    expect(field().value).toBe('bolt');
    press('Enter');
    await screen.findByText(/could not be looked up/);
    expect(field().value).toBe('bolt');
  });
});
