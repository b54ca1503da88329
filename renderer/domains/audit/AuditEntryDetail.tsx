import { plural, t } from '@lingui/core/macro';
import { Fragment } from 'react';
import type { AuditEntry } from '../../../server/domains/audit/audit.contract.ts';
import { meaningOf } from '../../../server/documents/audit/trail.contract.ts';
import { deviceWords } from '../../lib/device-words.ts';
import { fieldWords } from './field-words.ts';
import { nothing } from '../../ui/formats.ts';
import { formatInstant } from '../../ui/moments.ts';
import { Facts } from '../../ui/Facts.tsx';
import { AppLink } from '../../ui/AppLink.tsx';
import { pathOf } from '../../lib/kinds.ts';
import { placeIn, placeOf, valueWords, type Place } from './value-words.ts';
import classes from './AuditEntryDetail.module.css';

/** On the wire an absent value is simply left out. */
export type AuditRow = Omit<AuditEntry, 'changes'> & {
  changes: Record<string, { before?: unknown; after?: unknown }>;
};

function plainText(place: Place, value: unknown): string | null {
  if (value === null || value === undefined || value === '') return nothing;
  if (typeof value === 'string') return valueWords(place, value);
  if (typeof value === 'boolean') return value ? t`yes` : t`no`;
  if (typeof value === 'number') return valueWords(place, String(value));
  return null;
}

const isFilled = (value: unknown) => value !== null && value !== undefined && value !== '';
const partsOf = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, part]) => isFilled(part));

/** A value in a few words: the length of a list, the contents of a group of fields. */
export function shortText(place: Place, value: unknown): string {
  const plain = plainText(place, value);
  if (plain !== null) return plain;
  if (Array.isArray(value)) {
    if (value.length === 0) return nothing;
    if (value.every((item) => typeof item === 'string'))
      return value.map((item) => plainText(place, item)).join(', ');
    return plural(value.length, { one: '# entry', other: '# entries' });
  }
  const parts = partsOf(value as object);
  return parts.length > 0
    ? parts.map(([field, part]) => shortText(placeIn(place, field), part)).join(', ')
    : nothing;
}

/** A value in full: the entries of a list one below the other, and records that it names as links to them. */
function FullValue({ place, value }: { place: Place; value: unknown }) {
  if (Array.isArray(value) && value.some((item) => plainText(place, item) === null)) {
    return value.map((item: unknown, index) => (
      <div key={index}>
        {plainText(place, item) ??
          partsOf(item as object).map(([field, part], at) => (
            <Fragment key={field}>
              {at > 0 ? ' · ' : ''}
              {fieldWords(field)}: <FullValue place={placeIn(place, field)} value={part} />
            </Fragment>
          ))}
      </div>
    ));
  }
  const meaning = meaningOf(place.schema);
  if (typeof value === 'string' && typeof meaning === 'object' && place.names[value] !== undefined) {
    const to = pathOf(meaning.idOf, value);
    if (to !== null) return <AppLink to={to}>{shortText(place, value)}</AppLink>;
  }
  return shortText(place, value);
}

/** The first few changes on one line. */
export function changeSummary({
  recordKind,
  changes,
  names,
}: Pick<AuditRow, 'recordKind' | 'changes' | 'names'>): string {
  return Object.entries(changes)
    .slice(0, 3)
    .map(([field, { before, after }]) => {
      const place = placeOf(recordKind, field, names);
      return before === null || before === undefined
        ? `${fieldWords(field)}: ${shortText(place, after)}`
        : `${fieldWords(field)}: ${shortText(place, before)} → ${shortText(place, after)}`;
    })
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
                <th scope="row">{fieldWords(field)}</th>
                <td>
                  <FullValue place={placeOf(entry.recordKind, field, entry.names)} value={before} />
                </td>
                <td>
                  <FullValue place={placeOf(entry.recordKind, field, entry.names)} value={after} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </>
  );
}
