import { cleanup, render, act, fireEvent, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { RecordSelect, type SelectOption } from './RecordSelect.tsx';
import { TestWindow } from './testing/mantine-window.tsx';

const products: SelectOption<null>[] = [
  { id: 'a', code: 'SKU-1', label: 'Hex bolt', data: null },
  { id: 'b', code: 'SKU-2', label: 'Ball bearing', data: null },
];

function Choice({ search }: { search: (text: string) => Promise<SelectOption<null>[]> }) {
  const [id, setId] = useState<string | null>(null);
  return (
    <>
      <RecordSelect label="Product" source={{ name: 'products', search }} value={id} onChange={setId} />
      <output>{id ?? 'none'}</output>
    </>
  );
}

afterEach(cleanup);

describe('choosing by typing', () => {
  it('takes what Enter was pressed for, although the answer came later', async () => {
    let answer: (() => void) | undefined;
    const search = (text: string) =>
      new Promise<SelectOption<null>[]>((resolve) => {
        const found = products.filter((one) => one.label.toLowerCase().includes(text.toLowerCase()));
        if (text === '') resolve(found);
        else
          answer = () => {
            resolve(found);
          };
      });
    render(<Choice search={search} />, { wrapper: TestWindow });
    const input = screen.getByLabelText<HTMLInputElement>('Product');
    fireEvent.change(input, { target: { value: 'ball' } });
    fireEvent.keyDown(input, { key: 'Enter' });
    await waitFor(() => {
      expect(answer).toBeDefined();
    });
    await act(async () => {
      answer?.();
      await Promise.resolve();
    });
    await waitFor(() => {
      expect(screen.getByText('b')).toBeDefined();
    });
    expect(input.value).toBe('Ball bearing');
  });

  it('keeps the typed text while the list is away', async () => {
    render(<Choice search={() => Promise.reject(new Error('away'))} />, { wrapper: TestWindow });
    const input = screen.getByLabelText<HTMLInputElement>('Product');
    fireEvent.change(input, { target: { value: 'bolt' } });
    await screen.findByText(/could not be read/);
    expect(input.value).toBe('bolt');
  });
});
