import { describe, expect, it, vi } from 'vitest';

describe('the mark of unsaved work', () => {
  it('stays while any form of the window has changes', async () => {
    const told: boolean[] = [];
    vi.resetModules();
    window.quartermaster = {
      windows: {},
      app: { setUnsavedWork: (unsaved: boolean) => told.push(unsaved) },
    } as unknown as NonNullable<typeof window.quartermaster>;
    const { markUnsaved } = await import('./unsaved-work.ts');
    const order = {};
    const dialog = {};
    markUnsaved(order, true);
    markUnsaved(dialog, false);
    markUnsaved(dialog, true);
    markUnsaved(dialog, true);
    markUnsaved(dialog, false);
    markUnsaved(order, false);
    expect(told).toEqual([true, true, true, true, true, false]);
    delete window.quartermaster;
  });
});
