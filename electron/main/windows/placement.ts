import type { Rectangle } from 'electron';
import type { Placement } from '../settings/settings.ts';

const usual = { width: 1360, height: 860 };

/** How much of a window must lie on a screen for a person to find it again (pixels). */
const visibleEdge = 120;

/**
 * Where to open a window: where it was, if that place still exists; else centred by the system.
 * @param workAreas of the screens attached now
 */
export function place(
  kept: Placement | undefined,
  workAreas: readonly Rectangle[],
): Partial<Rectangle> & { width: number; height: number } {
  const [largest = usual] = [...workAreas].sort(
    (one, other) => other.width * other.height - one.width * one.height,
  );
  if (kept === undefined) {
    return { width: Math.min(usual.width, largest.width), height: Math.min(usual.height, largest.height) };
  }
  const size = { width: Math.min(kept.width, largest.width), height: Math.min(kept.height, largest.height) };
  const reachable = workAreas.some(
    (area) =>
      kept.x + visibleEdge <= area.x + area.width &&
      kept.x + kept.width - visibleEdge >= area.x &&
      kept.y >= area.y &&
      kept.y + visibleEdge <= area.y + area.height,
  );
  return reachable ? { x: kept.x, y: kept.y, ...size } : size;
}
