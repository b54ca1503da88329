import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mostLabels, type Labels } from '../../../server/domains/labels/labels.contract.ts';
import type { Permission } from '../../../server/permissions/permissions.contract.ts';
import { answeringWith, personWith, routerAt, SignedInWindow } from '../../lib/testing/signed-in.tsx';
import { PrintLabels, type LabelsWanted } from './PrintLabels.tsx';
import { saveLabels } from './saved-file.ts';

const id = '01890000-0000-7000-8000-000000000001';
const labels = (changes: Partial<Labels> = {}): Labels => ({
  contentType: 'application/pdf',
  fileName: 'labels.pdf',
  encoding: 'base64',
  content: btoa('%PDF'),
  labels: 1,
  pages: 1,
  missing: [],
  ...changes,
});

/** The files that were given to the browser; jsdom has no addresses for them. */
const files: Blob[] = [];
beforeEach(() => {
  files.length = 0;
  URL.createObjectURL = (file) => {
    if (file instanceof Blob) files.push(file);
    return '#';
  };
  URL.revokeObjectURL = () => undefined;
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const answering = () =>
  answeringWith({
    'labels.templates': () => [{ key: '50x25', name: '50 × 25 mm', sheet: null }],
    'labels.render': () => labels(),
  });

function open(
  wanted: LabelsWanted,
  permissions: Permission[] = ['products:read', 'labels:print'],
  server = answering(),
) {
  render(
    <SignedInWindow me={personWith(permissions)} router={routerAt('/products')} client={server.client}>
      <PrintLabels wanted={wanted} />
    </SignedInWindow>,
  );
  return server;
}
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });

describe('printing labels', () => {
  it('is offered only to those who may, and only for something', () => {
    open({ kind: 'product', items: [{ id }] }, ['products:read']);
    expect(screen.queryByRole('button')).toBeNull();
    cleanup();
    open({ kind: 'product', items: [{ id }] }, ['labels:print']);
    expect(screen.queryByRole('button')).toBeNull();
    cleanup();
    for (const right of ['products:read', 'inventory:read'] as const) {
      open({ kind: 'lot', items: [{ id }] }, ['labels:print', right]);
      expect(screen.queryByRole('button')).toBeNull();
      cleanup();
    }
    open({ kind: 'lot', items: [{ id }] }, ['labels:print', 'products:read', 'inventory:read']);
    expect(button('Print labels')).toBeDefined();
    cleanup();
    open({ kind: 'product', items: [] });
    expect(screen.queryByRole('button')).toBeNull();
    cleanup();
    open({ kind: 'product', items: [{ id }] });
    expect(button('Print labels')).toBeDefined();
  });

  it('makes as many copies as goods were received, and asks for no number then', async () => {
    const { calls } = open({ kind: 'product', items: [{ id, copies: 3, lot: 'L-7' }] });
    fireEvent.click(button('Print labels'));
    expect(await screen.findByText('3 labels')).toBeDefined();
    expect(screen.queryByRole('textbox', { name: 'Copies' })).toBeNull();
    await waitFor(() => {
      expect(button('Save PDF').disabled).toBe(false);
    });
    fireEvent.click(button('Save PDF'));
    await waitFor(() => {
      expect(files).toHaveLength(1);
    });
    expect(calls.at(-1)).toMatchObject({
      path: 'labels.render',
      input: { kind: 'product', items: [{ id, copies: 3, lot: 'L-7' }], template: '50x25', format: 'pdf' },
    });
  });

  it('takes the focus before the list of labels is here, and when nothing can be saved', async () => {
    const hasFocus = () => {
      const dialog = screen.getByRole('dialog');
      return dialog.contains(document.activeElement) && document.activeElement !== dialog;
    };
    const server = answeringWith({
      'labels.templates': () => undefined,
      'labels.render': () => labels(),
    });
    open({ kind: 'product', items: [{ id }] }, undefined, server);
    button('Print labels').focus();
    fireEvent.click(button('Print labels'));
    await waitFor(() => {
      expect(document.activeElement).toBe(button('Save PDF'));
    });
    cleanup();
    open({ kind: 'product', items: [{ id, copies: mostLabels + 1 }] });
    button('Print labels').focus();
    fireEvent.click(button('Print labels'));
    await waitFor(() => {
      expect(hasFocus()).toBe(true);
    });
  });

  it('saves nothing while there are more labels than can be made at once', async () => {
    open({
      kind: 'product',
      items: [
        { id, copies: mostLabels },
        { id, copies: 1 },
      ],
    });
    fireEvent.click(button('Print labels'));
    expect(await screen.findByText('5,001 labels')).toBeDefined();
    expect(button('Save PDF').disabled).toBe(true);
    expect(button('Save ZPL, 203 dpi').disabled).toBe(true);
  });
});

describe('the file of labels', () => {
  it('holds the bytes of a PDF and the text of ZPL', () => {
    saveLabels(labels({ content: btoa('\u00ff\u0000A') }));
    saveLabels(labels({ contentType: 'text/plain', encoding: 'utf8', content: '^XA मोटर' }));
    expect(files.map(({ size, type }) => [size, type])).toEqual([
      [3, 'application/pdf'],
      [new TextEncoder().encode('^XA मोटर').length, 'text/plain'],
    ]);
  });
});
