import type { ReactNode } from 'react';
import type { MasterKind } from '../../server/documents/record-kind.contract.ts';
import { Code } from '../ui/Figures.tsx';
import { Page } from '../ui/Page.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { useAbility } from './ability.ts';
import { EditButton } from './Buttons.tsx';
import { usePageTitle } from './page-title.ts';
import type { RecordState } from './party-words.ts';
import { editPath } from './paths.ts';
import { RecordStatus } from './RecordStatus.tsx';
import { StatusActions } from './StatusActions.tsx';

/** The page of a master record: what it is called and its state; to those who may, changing both. */
export function MasterPage<State extends RecordState>({
  kind,
  list,
  record,
  code,
  detail,
  states,
  change,
  actions,
  children,
}: {
  kind: Omit<MasterKind, 'path'> & { path: string };
  /** What the list is called that the page belongs to. */
  list: string;
  record: { id: string; name: string; status: State };
  code: string;
  /** After the code, what the record is. */
  detail?: string | null;
  states: readonly State[];
  change: (status: State) => Promise<unknown>;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { can } = useAbility();
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
              {can(kind.updateWith) ? (
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
      {children}
    </Page>
  );
}
