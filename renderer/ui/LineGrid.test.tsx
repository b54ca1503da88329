import { cleanup, render, fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { LineGrid, type LineColumn } from './LineGrid.tsx';
import { TestWindow } from './testing/mantine-window.tsx';

interface Line {
  id: number;
  quantity: string;
  price: string;
}

const columns: readonly LineColumn<Line>[] = [
  {
    id: 'quantity',
    header: 'Quantity',
    width: '100px',
    align: 'end',
    input: {
      kind: 'decimal',
      places: 3,
      value: (line) => line.quantity,
      set: (line, quantity) => ({ ...line, quantity }),
    },
  },
  {
    id: 'price',
    header: 'Price',
    width: '100px',
    align: 'end',
    input: {
      kind: 'decimal',
      places: 4,
      value: (line) => line.price,
      set: (line, price) => ({ ...line, price }),
    },
  },
];

function Grid() {
  const [lines, setLines] = useState<Line[]>([{ id: 1, quantity: '5', price: '10' }]);
  return (
    <LineGrid
      label="Order lines"
      lines={lines}
      onChange={setLines}
      lineId={(line) => String(line.id)}
      columns={columns}
      empty="No lines yet."
      newLine={() => ({ id: Math.max(0, ...lines.map((line) => line.id)) + 1, quantity: '', price: '' })}
    />
  );
}

const cell = (name: string) => screen.getByLabelText<HTMLInputElement>(name);

afterEach(cleanup);

describe('lines of a document', () => {
  it('adds a line with Enter at the end and goes on typing there', () => {
    render(<Grid />, { wrapper: TestWindow });
    cell('Price, line 1').focus();
    fireEvent.keyDown(cell('Price, line 1'), { key: 'Enter' });
    expect(document.activeElement).toBe(cell('Quantity, line 2'));
  });

  it('goes up and down in a column with the arrows', () => {
    render(<Grid />, { wrapper: TestWindow });
    cell('Quantity, line 1').focus();
    fireEvent.keyDown(cell('Quantity, line 1'), { key: 'Enter' });
    fireEvent.keyDown(cell('Quantity, line 2'), { key: 'ArrowUp' });
    expect(document.activeElement).toBe(cell('Quantity, line 1'));
  });

  it('removes a line with Ctrl+Delete', () => {
    render(<Grid />, { wrapper: TestWindow });
    fireEvent.keyDown(cell('Quantity, line 1'), { key: 'Delete', ctrlKey: true });
    expect(screen.queryByLabelText('Quantity, line 1')).toBeNull();
  });

  it('takes decimals as text and refuses letters', () => {
    render(<Grid />, { wrapper: TestWindow });
    fireEvent.change(cell('Quantity, line 1'), { target: { value: '1,250.125' } });
    expect(cell('Quantity, line 1').value).toBe('1250.125');
    fireEvent.change(cell('Quantity, line 1'), { target: { value: '12x' } });
    expect(cell('Quantity, line 1').value).toBe('1250.125');
  });
});
