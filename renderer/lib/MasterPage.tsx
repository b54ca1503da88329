import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { MasterKind } from '../../server/documents/record-kind.contract.ts';
import { Code } from '../ui/Figures.tsx';
import { Columns, Page, Stacked } from '../ui/Page.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { useAbility } from './ability.ts';
import { EditButton } from './Buttons.tsx';
import { usePageTitle } from './page-title.ts';
import type { RecordState } from './party-words.ts';
import { editPath } from './paths.ts';
import { seenFields, type ReadFields } from './record-fields.tsx';
import { PageParts, RecordTrace, type PagePart, type Traced } from './record-reading.tsx';
import { RecordStatus } from './RecordStatus.tsx';
import { StatusActions } from './StatusActions.tsx';

/** The page of a kind of record, by the names of its fields. */
export interface RecordPage<State, Fields> {
  kind: Omit<MasterKind, 'path' | 'schema'> & { path: string; schema: z.ZodObject };
  fields: Fields;
  /** The name of its list. */
  list: string;
  states: readonly State[];
  main: readonly PagePart<keyof Fields & string>[];
  /** Beside it, what is quieter. */
  side: readonly PagePart<keyof Fields & string>[];
}

/** The page of a master record: its name, its state and its fields, and a button to change it for people who may. */
export function MasterPage<State extends RecordState, Fields extends ReadFields>({
  of: { kind, fields, list, states, ...parts },
  record,
  code,
  detail,
  change,
  actions,
  above,
  main,
  side,
}: {
  of: RecordPage<State, Fields>;
  record: Traced & { id: string; name: string; status: State };
  code: string;
  /** After the code, what the record is. */
  detail?: string | null;
  change: (status: State) => Promise<unknown>;
  actions?: ReactNode;
  /** Further content of the page: above everything, below the main parts, below the side parts. */
  above?: ReactNode;
  main?: ReactNode;
  side?: ReactNode;
}) {
  const ability = useAbility();
  const seen = seenFields(fields, kind.schema, ability);
  usePageTitle(`${record.name} (${code})`);
  return (
    <Page
      header={
        <PageHeader
          parent={{ label: list, to: kind.path }}
          title={record.name}
          status={<RecordStatus status={record.status} filled />}
          detail={
            <>
              <Code>{code}</Code>
              {detail ? ` · ${detail}` : ''}
            </>
          }
          actions={
            <>
              {ability.can(kind.updateWith) ? (
                <>
                  <StatusActions status={record.status} states={states} change={change} />
                  <EditButton to={editPath(`${kind.path}/${record.id}`)} />
                </>
              ) : null}
              {actions}
            </>
          }
        />
      }
    >
      <Stacked>
        {above}
        <Columns
          main={
            <>
              <PageParts parts={parts.main} fields={seen} record={record} />
              {main}
            </>
          }
          side={
            <>
              <PageParts parts={parts.side} fields={seen} record={record} />
              {side}
              <RecordTrace record={record} />
            </>
          }
        />
      </Stacked>
    </Page>
  );
}
