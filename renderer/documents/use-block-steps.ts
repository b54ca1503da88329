import { t } from '@lingui/core/macro';
import { useEffect, useRef } from 'react';
import { notifyUndo } from '../lib/notify.tsx';

/** One paste: the lines before it and after it, and where it began. */
interface Step<Line> {
  before: readonly Line[];
  after: readonly Line[];
  line: number;
}

/** The lines as they are now without what a step brought or changed; what was typed into others since stays. */
function withoutStep<Line>(
  now: readonly Line[],
  { before, after }: Step<Line>,
  lineId: (line: Line) => string,
): Line[] {
  const was = new Map(before.map((line) => [lineId(line), line]));
  const became = new Map(after.map((line) => [lineId(line), line]));
  return now.flatMap((line) => {
    const old = was.get(lineId(line));
    if (!old) return became.has(lineId(line)) ? [] : [line];
    return [old === became.get(lineId(line)) ? line : old];
  });
}

/** The changes that pasted blocks made in a grid: each is undone in one step, by Ctrl+Z or by its notice. */
export function useBlockSteps<Line>({
  now,
  put,
  lineId,
}: {
  now: () => readonly Line[];
  put: (lines: Line[]) => void;
  lineId: (line: Line) => string;
}) {
  const last = useRef<(Step<Line> & { shown: string }) | null>(null);
  // A notice outlives the render that made it.
  const latest = useRef({ now, put });
  useEffect(() => {
    latest.current = { now, put };
  });
  return {
    bring: (after: Line[], line: number, words: string, note: string) => {
      const step = { before: now(), after, line };
      last.current = { ...step, shown: JSON.stringify(after) };
      put(after);
      notifyUndo(
        words,
        () => {
          last.current = null;
          latest.current.put(withoutStep(latest.current.now(), step, lineId));
        },
        { label: t`Take it back`, note },
      );
    },
    /** Takes back the last block when the lines stand as it left them, and says where it began. */
    undo: () => {
      const step = last.current;
      if (!step || JSON.stringify(now()) !== step.shown) return null;
      last.current = null;
      put(withoutStep(now(), step, lineId));
      return step.line;
    },
    /** An answer changes lines that were pasted: that is not an undo step of its own. */
    settle: (change: (lines: readonly Line[]) => Line[]) => {
      const before = now();
      const after = change(before);
      const step = last.current;
      if (step && JSON.stringify(before) === step.shown) step.shown = JSON.stringify(after);
      put(after);
    },
  };
}
