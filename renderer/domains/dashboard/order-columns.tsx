import { t } from '@lingui/core/macro';
import { AppLink } from '../../ui/AppLink.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { Code } from '../../ui/Figures.tsx';
import { formatDay } from '../../ui/moments.ts';
import classes from './dashboard.module.css';

/** The column by which an order is known, and opened. */
export function numberColumn<Row extends { id: string }>(
  number: (row: Row) => string,
  path: (id: string) => string,
): DataColumn<Row> {
  return {
    id: 'number',
    header: t`Order`,
    width: '122px',
    fixed: true,
    cell: (row) => (
      <AppLink to={path(row.id)} tabIndex={-1}>
        <Code>{number(row)}</Code>
      </AppLink>
    ),
  };
}

/** Whose order it is. */
export function partyColumn<Row>(header: string, name: (row: Row) => string): DataColumn<Row> {
  return { id: 'party', header, width: 'minmax(64px, 2fr)', cell: name };
}

/** The day something is due; late when that day is over. */
export function DueDay({ day, late }: { day: string | null; late: boolean }) {
  return (
    <span className={late ? classes.late : undefined}>
      {formatDay(day)}
      {late ? t` · late` : ''}
    </span>
  );
}
