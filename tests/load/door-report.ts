import { doorAim } from './doors.ts';
import type { DoorFigures } from './doors.ts';
import type { LargeOrderFigures } from './large-order.ts';
import { median } from './latencies.ts';
import { aim, against, aligned, ms } from './tables.ts';

/** One line per procedure, by its slowest door; then every door that misses the aim, the slowest first. */
export function doorTables(doors: readonly DoorFigures[]): string[] {
  const byProcedure = new Map<string, DoorFigures[]>();
  for (const door of doors) {
    byProcedure.set(door.procedure, [...(byProcedure.get(door.procedure) ?? []), door]);
  }
  const head = [
    '',
    'doors',
    'p50 ms',
    'worst p99 ms',
    `≤ ${String(doorAim)} ms`,
    'ratio to bare SQL',
    'server ms',
    'db ms',
    'the slowest',
  ];
  const rows = [...byProcedure].map(([procedure, own]) => {
    const [slowest] = own.toSorted((one, other) => other.p99 - one.p99);
    return [
      procedure,
      String(own.length),
      median(own.map(({ p50 }) => p50)).toFixed(1),
      (slowest?.p99 ?? 0).toFixed(0),
      own.every(({ met }) => met) ? '✓' : `✗ ${String(own.filter(({ met }) => !met).length)}`,
      median(own.map(({ ratio }) => ratio)).toFixed(2),
      median(own.map(({ serverMs }) => serverMs)).toFixed(1),
      median(own.map(({ databaseMs }) => databaseMs)).toFixed(1),
      slowest?.what ?? '',
    ];
  });
  const missed = doors.filter(({ met }) => !met).toSorted((one, other) => other.p99 - one.p99);
  const missing = missed.map(({ procedure, what, p50, p99, ratio, serverMs, databaseMs }) => [
    `  ${procedure} ${what}`,
    ms(p50),
    ms(p99),
    ratio.toFixed(2),
    ms(serverMs),
    ms(databaseMs),
  ]);
  return [
    `Every door at 10 connections: ${String(doors.length)} of them`,
    ...aligned([head, ...rows]),
    '',
    missing.length === 0
      ? `None misses its aim of ${String(doorAim)} ms.`
      : `${String(missing.length)} miss their aim of ${String(doorAim)} ms (p50, p99, ratio to bare SQL, processor time of server and database):`,
    ...aligned(missing),
  ];
}

export function largeOrderTable(lines: number, figures: readonly LargeOrderFigures[]): string[] {
  return against(
    `An order of ${lines.toLocaleString('en-IN')} lines, one person after the other`,
    figures.flatMap((it) => [
      aim(`${it.what}, p50`, ms(it.p50), '', true),
      aim(
        `${it.what}, p99`,
        `${ms(it.p99)}, ${it.kilobytesUp.toFixed(1)} KB up, ${it.kilobytesDown.toFixed(0)} KB down`,
        `≤ ${String(it.aimMs)} ms`,
        it.p99 <= it.aimMs,
      ),
    ]),
  );
}
