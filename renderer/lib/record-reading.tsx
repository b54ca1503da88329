import { t } from '@lingui/core/macro';
import { useMemo } from 'react';
import type { z } from 'zod';
import type { MasterKind } from '../../server/documents/record-kind.contract.ts';
import { AppLink } from '../ui/AppLink.tsx';
import { Facts, type Fact } from '../ui/Facts.tsx';
import { formatInstant } from '../ui/moments.ts';
import { Section } from '../ui/Page.tsx';
import type { DataColumn } from '../ui/table-types.ts';
import { useAbility, type ScreenAbility } from './ability.ts';
import type { ReadFields } from './record-fields.tsx';

/** How a field appears in a list. */
interface ColumnLook {
  /** A CSS grid track. */
  width: string;
  /** A shorter label, if the field's own is too long for the column. */
  header?: string;
  /** Not shown until it is chosen. */
  hidden?: true;
  /** Always shown, and leads to the record. */
  key?: true;
}

/** The list of a kind, by the names of its fields, in their order. A column that is one of `sorts` can be sorted by. */
export interface RecordList<Row, Fields> {
  kind: Pick<MasterKind, 'path'>;
  row: z.ZodObject;
  fields: Fields;
  sorts: readonly string[];
  columns: { [Name in keyof Row & keyof Fields & string]?: ColumnLook };
}

/** The columns of a list for its reader: what they may not see has none. */
export function recordColumns<Row extends { id: string }, Fields extends ReadFields>(
  { kind, row, fields, sorts, columns }: RecordList<Row, Fields>,
  { sees }: ScreenAbility,
): DataColumn<Row>[] {
  const looks = Object.entries(columns) as [keyof Row & string, ColumnLook][];
  return looks.flatMap(([name, { key, header, ...look }]) => {
    const field = fields[name];
    if (!field || !(name in row.shape) || !sees(row, name)) return [];
    const read = (of: Row) => field.read(of[name], of);
    return {
      ...look,
      id: name,
      header: header ?? field.label,
      ...(key && { fixed: true }),
      ...(sorts.includes(name) && { sortBy: name }),
      ...(field.figure && { align: 'end' as const }),
      cell: key
        ? (of: Row) => (
            <AppLink to={`${kind.path ?? ''}/${of.id}`} tabIndex={-1}>
              {read(of)}
            </AppLink>
          )
        : read,
    };
  });
}

/** The same for its reader. */
export function useRecordColumns<Row extends { id: string }, Fields extends ReadFields>(
  list: RecordList<Row, Fields>,
): DataColumn<Row>[] {
  const ability = useAbility();
  return useMemo(() => recordColumns(list, ability), [list, ability]);
}

/** A part of a record's page, by the names of its fields. */
export interface PagePart<Name extends string> {
  title: string;
  /** One below the other, aligned at the end. */
  figures?: true;
  /** One below the other. */
  narrow?: true;
  fields: readonly Name[];
}

/** The parts of a record's page, with the fields that its reader sees. */
export function PageParts<Fields extends ReadFields>({
  parts,
  fields,
  record,
}: {
  parts: readonly PagePart<keyof Fields & string>[];
  fields: Partial<Fields>;
  record: object;
}) {
  const kept = record as Readonly<Record<string, unknown>>;
  return parts.map(({ title, figures, narrow, fields: names }) => {
    const facts = names.flatMap((name): readonly Fact[] => {
      const field = fields[name];
      if (!field || field.when?.(kept) === false) return [];
      if (field.facts) return field.facts(kept[name]);
      const { label, wide } = field;
      return [{ label, wide, figure: figures, value: field.read(kept[name], record) }];
    });
    if (facts.length === 0) return null;
    return (
      <Section key={title} title={title}>
        <Facts columns={figures || narrow ? 1 : 2} items={facts} />
      </Section>
    );
  });
}

export interface Traced {
  createdAt: string;
  createdBy: string | null;
  updatedAt: string;
  updatedBy: string | null;
}

/** When a record was made and changed last, and by whom. */
export function RecordTrace({ record }: { record: Traced }) {
  const { createdAt, createdBy, updatedAt, updatedBy } = record;
  return (
    <Section title={t`Record`}>
      <Facts
        columns={1}
        items={[
          { label: t`Added`, value: `${formatInstant(createdAt)}${by(createdBy)}` },
          { label: t`Changed`, value: `${formatInstant(updatedAt)}${by(updatedBy)}` },
        ]}
      />
    </Section>
  );
}

function by(name: string | null): string {
  return name ? `\n${t`by ${name}`}` : '';
}
