import { useState } from 'react';
import { cleanup, render, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DataTable, type DataColumn } from './DataTable.tsx';
import { TestWindow } from './testing/mantine-window.tsx';

interface Row {
  id: string;
  name: string;
}

const rows: Row[] = Array.from({ length: 500 }, (_, index) => ({
  id: `r${String(index)}`,
  name: `Row ${String(index)}`,
}));
const columns: readonly DataColumn<Row>[] = [
  { id: 'name', header: 'Name', sortBy: 'name', cell: (row) => row.name },
];

const none = { title: 'No rows yet', text: 'They come with the first receipt.' };

afterEach(cleanup);

describe('a table of many rows', () => {
  it('draws a screenful, not all of them', () => {
    render(
      <DataTable
        name="rows"
        label="Rows"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        empty={none}
      />,
      {
        wrapper: TestWindow,
      },
    );
    expect(screen.getByText('Row 0')).toBeDefined();
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
  });

  it('is walked and opened by keyboard', () => {
    const open = vi.fn();
    render(
      <DataTable
        name="rows"
        label="Rows"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        empty={none}
        onOpen={open}
      />,
      {
        wrapper: TestWindow,
      },
    );
    const grid = screen.getByRole('grid', { name: 'Rows' });
    fireEvent.keyDown(grid, { key: 'ArrowDown' });
    fireEvent.keyDown(grid, { key: 'ArrowDown' });
    fireEvent.keyDown(grid, { key: 'Enter' });
    expect(open).toHaveBeenCalledWith(rows[2]);
    const active = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '');
    expect(within(active as HTMLElement).getByText('Row 2')).toBeDefined();
  });

  it('lets the keyboard into the links and buttons of a row, and back', () => {
    const withLinks: readonly DataColumn<Row>[] = [
      { id: 'name', header: 'Name', cell: (row) => <a href={`#${row.id}`}>{row.name}</a> },
      {
        id: 'undo',
        header: '',
        cell: (row) => <button>Undo {row.id}</button>,
      },
    ];
    render(
      <DataTable
        name="rows"
        label="Rows"
        columns={withLinks}
        rows={rows}
        rowId={(row) => row.id}
        empty={none}
      />,
      {
        wrapper: TestWindow,
      },
    );
    const grid = screen.getByRole('grid', { name: 'Rows' });
    grid.focus();
    const press = (key: string) => fireEvent.keyDown(document.activeElement ?? grid, { key });
    press('ArrowDown');
    press('ArrowRight');
    expect(document.activeElement).toBe(screen.getByRole('link', { name: 'Row 1' }));
    press('ArrowRight');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Undo r1' }));
    press('ArrowRight');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Undo r1' }));
    press('ArrowLeft');
    press('ArrowLeft');
    expect(document.activeElement).toBe(grid);
    press('ArrowRight');
    press('Escape');
    expect(document.activeElement).toBe(grid);
  });

  it('asks the server to sort, and turns the order round', () => {
    const sort = vi.fn();
    render(
      <DataTable
        name="rows"
        label="Rows"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        empty={none}
        sort={{ by: 'name', direction: 'asc' }}
        onSort={sort}
      />,
      { wrapper: TestWindow },
    );
    expect(screen.getByRole('columnheader').getAttribute('aria-sort')).toBe('ascending');
    fireEvent.click(screen.getByRole('button', { name: 'Name' }));
    expect(sort).toHaveBeenCalledWith({ by: 'name', direction: 'desc' });
  });

  it('remembers the columns chosen in it in every language', () => {
    const both: readonly DataColumn<Row>[] = [
      { id: 'id', header: 'Code', fixed: true, cell: (row) => row.id },
      ...columns,
    ];
    const tableCalled = (label: string) =>
      render(
        <DataTable
          name="rows"
          label={label}
          columns={both}
          rows={rows}
          rowId={(row) => row.id}
          empty={none}
        />,
        {
          wrapper: TestWindow,
        },
      );
    tableCalled('Rows');
    fireEvent.click(screen.getByRole('button', { name: 'Choose columns' }));
    fireEvent.click(screen.getByRole('checkbox', { name: 'Name' }));
    cleanup();
    tableCalled('पंक्तियाँ');
    expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual(['Code']);
    localStorage.clear();
  });

  it('keeps what is open in a cell when its screen is drawn again with columns made anew', () => {
    function Asking() {
      const [asked, setAsked] = useState(false);
      return (
        <button
          onClick={() => {
            setAsked(true);
          }}
        >
          {asked ? 'Asked' : 'Ask'}
        </button>
      );
    }
    const drawn = () => (
      <DataTable
        name="rows"
        label="Rows"
        columns={[{ id: 'ask', header: 'Ask', cell: () => <Asking /> }]}
        rows={rows.slice(0, 1)}
        rowId={(row) => row.id}
        empty={none}
      />
    );
    const { rerender } = render(drawn(), { wrapper: TestWindow });
    fireEvent.click(screen.getByRole('button', { name: 'Ask' }));
    rerender(drawn());
    expect(screen.getByRole('button', { name: 'Asked' })).toBeDefined();
  });

  it('says why there are no rows, and offers the next step', () => {
    render(
      <DataTable
        name="rows"
        label="Rows"
        columns={columns}
        rows={[]}
        rowId={(row) => row.id}
        empty={{ ...none, action: <button>Receive</button> }}
      />,
      { wrapper: TestWindow },
    );
    expect(screen.getByText('They come with the first receipt.')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Receive' })).toBeDefined();
  });

  it('says what failed and offers another try', () => {
    const retry = vi.fn();
    render(
      <DataTable
        name="rows"
        label="Rows"
        columns={columns}
        rows={[]}
        rowId={(row) => row.id}
        empty={none}
        problem={{ title: 'No answer from the server', detail: 'Check the connection.' }}
        onRetry={retry}
      />,
      { wrapper: TestWindow },
    );
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(retry).toHaveBeenCalledOnce();
  });
});
