import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Bin } from '../../../server/domains/warehouses/warehouses.contract.ts';
import { answeringWith, personWith, routerAt, SignedInWindow } from '../../lib/testing/signed-in.tsx';
import { BinDialog } from './BinDialog.tsx';

afterEach(cleanup);

const warehouseId = '01890000-0000-7000-8000-000000000001';
const bin: Bin = {
  id: '01890000-0000-7000-8000-000000000002',
  version: 5,
  warehouseId,
  code: 'QC-HOLD',
  name: 'Held for inspection',
  kind: 'quarantine',
  status: 'active',
};

function open(edited: Bin | null) {
  const server = answeringWith({ 'warehouses.createBin': () => bin, 'warehouses.updateBin': () => bin });
  const onClose = vi.fn();
  render(
    <SignedInWindow me={personWith([])} router={routerAt('/warehouses')} client={server.client}>
      <BinDialog warehouseId={warehouseId} bin={edited} onClose={onClose} />
    </SignedInWindow>,
  );
  return { ...server, onClose };
}
const field = (name: RegExp) => screen.getByRole<HTMLInputElement>('textbox', { name });
const type = (name: RegExp, value: string) => fireEvent.change(field(name), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

describe('the dialog of a bin', () => {
  it('adds a bin for storage without a name, with an id of its own, and closes', async () => {
    const { calls, onClose } = open(null);
    type(/^Code/, 'A-01-03');
    press('Add bin');
    await waitFor(() => {
      expect(onClose).toHaveBeenCalledOnce();
    });
    const input = {
      id: expect.any(String) as string,
      warehouseId,
      code: 'A-01-03',
      name: null,
      kind: 'storage',
    };
    expect(calls).toEqual([{ path: 'warehouses.createBin', input }]);
  });

  it('refuses a bin without a code at its field, and sends nothing', () => {
    const { calls, onClose } = open(null);
    press('Add bin');
    expect(field(/^Code/).getAttribute('aria-invalid')).toBe('true');
    expect(calls).toEqual([]);
    expect(onClose).not.toHaveBeenCalled();
  });

  it('changes a bin by the version that was read, and takes an emptied name for none', async () => {
    const { calls } = open(bin);
    type(/^Name/, ' ');
    press('Save bin');
    await waitFor(() => {
      expect(calls).toHaveLength(1);
    });
    const { id, version, code, kind, status } = bin;
    expect(calls).toEqual([
      { path: 'warehouses.updateBin', input: { id, version, code, name: null, kind, status } },
    ]);
  });
});
