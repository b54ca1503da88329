import { t } from '@lingui/core/macro';
import type { ReactNode } from 'react';
import type { DocumentKind } from '../../server/documents/document-kind.contract.ts';
import type { RecordKind } from '../../server/documents/record-kind.contract.ts';
import { useAbility } from '../lib/ability.ts';
import type { StateWords } from '../ui/StatusBadge.tsx';
import { usePageTitle } from '../lib/page-title.ts';
import { AppLink } from '../ui/AppLink.tsx';
import { Facts, type Fact } from '../ui/Facts.tsx';
import { Page, Section } from '../ui/Page.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import type { DocumentAction } from './document-commands.ts';
import { pathOf } from './document-editor.ts';
import { DocumentCommands } from './DocumentCommands.tsx';
import classes from './documents.module.css';

interface DocumentPageProps {
  kind: Pick<DocumentKind<string, never>, 'path'>;
  /** What its list is called. */
  list: string;
  number: string;
  /** The party; a link for people who may read it. */
  party?: { kind: Pick<RecordKind, 'path' | 'readWith'>; id: string; name: string };
  state: StateWords;
  /** Beside its state. */
  marks?: ReactNode;
  actions: readonly DocumentAction[];
  /** Before the commands. */
  beside?: ReactNode;
  /** Notes that come before everything else. */
  notes?: ReactNode;
  facts: readonly (Fact | false | null)[];
  lines: ReactNode;
  /** What was written on it. */
  remarks: { label: string; text: string | null };
  totals: ReactNode;
  /** How far it has come, in sections of the kind's own. */
  progress: ReactNode;
  /** Its history: a `DocumentHistory`. */
  history: ReactNode;
  /** Its dialogs. */
  children?: ReactNode;
}

/** The page of one document: head and commands, facts, lines and their total, progress, and history. */
export function DocumentPage(props: DocumentPageProps) {
  const { kind, number, party, state, remarks } = props;
  const { can } = useAbility();
  usePageTitle(party ? `${number} ${party.name}` : number);
  return (
    <Page
      header={
        <PageHeader
          parent={{ label: props.list, to: pathOf(kind) }}
          title={number}
          status={
            <>
              <StatusBadge tone={state.tone} filled>
                {state.label}
              </StatusBadge>
              {props.marks}
            </>
          }
          detail={
            party && can(party.kind.readWith) ? (
              <AppLink to={pathOf(party.kind, party.id)}>{party.name}</AppLink>
            ) : (
              party?.name
            )
          }
          actions={
            <>
              {props.beside}
              <DocumentCommands actions={props.actions} subject={number} />
            </>
          }
        />
      }
    >
      <div className={classes.stack}>
        {props.notes}
        <Facts columns={3} items={props.facts} />
        <Section title={t`Lines`} flush>
          {props.lines}
          <div className={classes.below}>
            <p className={classes.notes}>
              {remarks.text ? (
                <>
                  <strong>{remarks.label}</strong>
                  {`\n${remarks.text}`}
                </>
              ) : null}
            </p>
            {props.totals}
          </div>
        </Section>
        <div className={classes.below}>
          <div className={classes.stack}>{props.progress}</div>
          {props.history}
        </div>
      </div>
      {props.children}
    </Page>
  );
}
