import { Skeleton } from '@mantine/core';
import classes from './LinesToCome.module.css';

/** The outline of lines that are still loading: as tall as they will be, as quiet as their hairlines. */
export function LinesToCome({ lines }: { lines: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={classes.line}>
          <Skeleton height={9} radius={2} width={`${String(12 + ((line * 5) % 9))}%`} />
          <Skeleton height={9} radius={2} width={`${String(34 + ((line * 23) % 41))}%`} />
        </div>
      ))}
    </div>
  );
}
