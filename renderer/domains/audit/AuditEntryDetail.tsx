import { t } from '@lingui/core/macro';
import { plural } from '@lingui/core/macro';
import type { AuditEntry } from '../../../server/domains/reports/reports.contract.ts';
import { deviceWords } from '../../lib/device-words.ts';
import { fieldName } from '../../lib/field-name.ts';
import { formatInstant, nothing } from '../../ui/formats.ts';
import { Facts } from '../../ui/Facts.tsx';
import classes from './AuditEntryDetail.module.css';

/** On the wire an absent value is simply left out. */
export type AuditRow = Omit<AuditEntry, 'changes'> & {
  changes: Record<string, { before?: unknown; after?: unknown }>;
};

function plainText(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return nothing;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? t`yes` : t`no`;
  if (typeof value === 'number') return String(value);
  return null;
}

const isFilled = (value: unknown) => value !== null && value !== undefined && value !== '';

/** A value in a few words: of a list how many there are, of a group of fields what stands in them. */
export function shortText(value: unknown): string {
  const plain = plainText(value);
  if (plain !== null) return plain;
  if (Array.isArray(value)) {
    if (value.length === 0) return nothing;
    if (value.every((item) => typeof item === 'string')) return value.join(', ');
    return plural(value.length, { one: '# entry', other: '# entries' });
  }
  const parts = Object.values(value as object).filter(isFilled);
  return parts.length > 0 ? parts.map(shortText).join(', ') : nothing;
}

/** A value in full, a line for each entry of a list. */
export function fullText(value: unknown): string {
  if (!Array.isArray(value) || value.every((item) => plainText(item) !== null)) return shortText(value);
  return value
    .map(
      (item: unknown) =>
        plainText(item) ??
        Object.entries(item as object)
          .filter(([, field]) => isFilled(field))
          .map(([name, field]) => `${fieldName(name)}: ${shortText(field)}`)
          .join(' · '),
    )
    .join('\n');
}

/** The first few changes on one line. */
export function changeSummary(changes: AuditRow['changes']): string {
  return Object.entries(changes)
    .slice(0, 3)
    .map(([field, { before, after }]) =>
      before === null || before === undefined
        ? `${fieldName(field)}: ${shortText(after)}`
        : `${fieldName(field)}: ${shortText(before)} → ${shortText(after)}`,
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
          { label: t`When`, value: formatInstant(entry.at) },
          { label: t`Who`, value: entry.actor ?? t`The system` },
          { label: t`From`, value: entry.origin && deviceWords(entry.origin) },
        ]}
      />
      {changes.length > 0 ? (
        <table className={classes.changes}>
          <thead>
            <tr>
              <th scope="col">{t`Field`}</th>
              <th scope="col">{t`Before`}</th>
              <th scope="col">{t`After`}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(([field, { before, after }]) => (
              <tr key={field}>
                <th scope="row">{fieldName(field)}</th>
                <td>{fullText(before)}</td>
                <td>{fullText(after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </>
  );
}
