import { describe, expect, it } from 'vitest';
import { fittedWidths } from './use-fitted-tracks.ts';

describe('widths of columns', () => {
  it('stay as described while nothing is cut', () => {
    expect(fittedWidths([100, 200], [80, 200])).toBeNull();
  });

  it('give a column what it lacks, from those with room to spare, and keep the width of the row', () => {
    const widths = fittedWidths([100, 200, 100], [160, 80, 40]) ?? [];
    expect(widths[0]).toBe(160);
    expect(widths.reduce((all, width) => all + width, 0)).toBeCloseTo(400);
    expect(widths[1]).toBeGreaterThanOrEqual(80);
    expect(widths[2]).toBeGreaterThanOrEqual(40);
  });

  it('share what there is where it is too little for all', () => {
    expect(fittedWidths([100, 100, 50], [180, 140, 20])).toEqual([120, 110, 20]);
  });

  it('leave a row alone that has nothing to spare', () => {
    expect(fittedWidths([100, 100], [180, 140])).toBeNull();
  });
});
