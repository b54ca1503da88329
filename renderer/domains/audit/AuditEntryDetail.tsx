import type { AuditEntry } from '../../../server/domains/reports/reports.contract.ts';
import { formatInstant, nothing } from '../../ui/formats.ts';
import { Facts } from '../../ui/Facts.tsx';
import classes from './AuditEntryDetail.module.css';

/** On the wire an absent value is simply left out. */
export type AuditRow = Omit<AuditEntry, 'changes'> & {
  changes: Record<string, { before?: unknown; after?: unknown }>;
};

/** `unitPrice` and `purchase_order` as words: `Unit price`, `Purchase order`. */
export function fieldName(key: string): string {
  const words = key
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_.:]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return nothing;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value);
}

/** The first few changes on one line. */
export function changeSummary(changes: AuditRow['changes']): string {
  return Object.entries(changes)
    .slice(0, 3)
    .map(([field, { before, after }]) =>
      before === null || before === undefined
        ? `${fieldName(field)}: ${valueText(after)}`
        : `${fieldName(field)}: ${valueText(before)} → ${valueText(after)}`,
    )
    .join('; ');
}

/** One entry in full: every field before and after. */
export function AuditEntryDetail({ entry }: { entry: AuditRow }) {
  const changes = Object.entries(entry.changes);
  return (
    <>
      <Facts
        columns={1}
        items={[
          { label: 'When', value: formatInstant(entry.at) },
          { label: 'Who', value: entry.actor ?? 'The system' },
          { label: 'From', value: entry.origin },
        ]}
      />
      {changes.length > 0 ? (
        <table className={classes.changes}>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(([field, { before, after }]) => (
              <tr key={field}>
                <th scope="row">{fieldName(field)}</th>
                <td>{valueText(before)}</td>
                <td>{valueText(after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </>
  );
}
