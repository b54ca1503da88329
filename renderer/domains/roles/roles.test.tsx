import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Role } from '../../../server/domains/roles/roles.contract.ts';
import { answeringWith, personWith, routerAt, SignedInWindow } from '../../lib/testing/signed-in.tsx';
import { RoleDialog } from './RoleDialog.tsx';
import { RoleMatrix } from './RoleMatrix.tsx';

afterEach(cleanup);

const role = (changes: Partial<Role>): Role => ({
  id: null,
  version: 1,
  key: 'buyer',
  name: 'Buyer',
  description: null,
  builtIn: true,
  permissions: ['vendors:read', 'vendors:update'],
  members: 4,
  ...changes,
});
const own = role({
  id: '01890000-0000-7000-8000-000000000001',
  key: 'dock_hand',
  name: 'Dock hand',
  builtIn: false,
  permissions: ['vendors:update'],
  members: 1,
});

const me = personWith(['roles:read', 'roles:manage', 'vendors:read']);
function open(children: React.ReactNode) {
  const server = answeringWith({ 'roles.create': () => own, 'roles.update': () => own });
  render(
    <SignedInWindow me={me} router={routerAt('/roles')} client={server.client}>
      {children}
    </SignedInWindow>,
  );
  return server;
}
const openDialog = (edited: Role | null) =>
  open(<RoleDialog role={edited} roles={[role({})]} onClose={() => undefined} />);
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const typeName = (value: string) =>
  fireEvent.change(screen.getByRole('textbox', { name: /^Name/ }), { target: { value } });

describe('the matrix of roles', () => {
  it('offers to change own roles alone, and only to those who may', () => {
    open(<RoleMatrix roles={[role({}), own]} onEdit={() => undefined} />);
    expect(screen.getAllByRole('button').map((button) => button.getAttribute('aria-label'))).toEqual([
      'Change Dock hand',
    ]);
    cleanup();
    open(<RoleMatrix roles={[role({}), own]} onEdit={undefined} />);
    expect(screen.queryAllByRole('button')).toEqual([]);
  });

  it('does not tick a right to change what the role can’t see', () => {
    const ticks = (one: Role) => {
      cleanup();
      open(<RoleMatrix roles={[one]} onEdit={undefined} />);
      return screen.queryAllByRole('img', { name: 'Allowed' }).length;
    };
    expect(ticks(own)).toBe(0);
    expect(ticks(role({}))).toBeGreaterThanOrEqual(2);
  });

  it('leads from a role to the people who have it', () => {
    open(<RoleMatrix roles={[own]} onEdit={undefined} />);
    expect(screen.getByRole('link', { name: '1 person' }).getAttribute('href')).toContain('role=dock_hand');
  });
});

describe('the dialog of a role', () => {
  it('makes the key of a new role from its name', async () => {
    const { calls } = openDialog(null);
    typeName('2nd Dock – Hand!');
    press('Save without permissions');
    await waitFor(() => {
      expect(calls).toHaveLength(1);
    });
    expect(calls[0]).toMatchObject({
      path: 'roles.create',
      input: { key: 'nd_dock_hand', name: '2nd Dock – Hand!', description: null, permissions: [] },
    });
  });

  it('refuses a name without any letter of a key at the name, and sends nothing', () => {
    const { calls } = openDialog(null);
    typeName('२०२६');
    press('Save without permissions');
    expect(screen.getByText('Must begin with a letter')).toBeDefined();
    expect(calls).toEqual([]);
  });

  it('begins with the permissions of another role that its maker has', async () => {
    const { calls } = openDialog(null);
    typeName('Reader');
    press('Buyer');
    press('Add role');
    await waitFor(() => {
      expect(calls).toHaveLength(1);
    });
    expect(calls[0]?.input).toMatchObject({ permissions: ['vendors:read'] });
  });

  it('keeps the key of a role whose name changes', async () => {
    const { calls } = openDialog(own);
    typeName('Dock team');
    press('Save role');
    await waitFor(() => {
      expect(calls).toHaveLength(1);
    });
    expect(calls[0]?.path).toBe('roles.update');
    expect(calls[0]?.input).toMatchObject({ id: own.id, version: 1, name: 'Dock team' });
    expect(calls[0]?.input).not.toHaveProperty('key');
  });
});
