import { Group, Modal } from '@mantine/core';
import type { AuditEntry } from '../../../server/admin/audit/audit.contract.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Code } from '../../ui/Figures.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { adminPaths } from '../admin-paths.ts';
import { actionWords, detailFacts, formatSecond, outcomeWords } from './audit-words.ts';

/** One entry in full, and the ways from it to all of the same person or organisation. */
export function AuditDetails({ entry, onClose }: { entry: AuditEntry | null; onClose: () => void }) {
  return (
    <Modal opened={entry !== null} onClose={onClose} size="lg" title={entry ? actionWords[entry.action] : ''}>
      {entry ? (
        <Facts
          columns={1}
          items={[
            { label: 'When', value: formatSecond(entry.at) },
            {
              label: 'Outcome',
              value: (
                <StatusBadge tone={outcomeWords[entry.outcome].tone}>
                  {outcomeWords[entry.outcome].label}
                </StatusBadge>
              ),
            },
            { label: 'By', value: entry.actorEmail ?? entry.actorId ?? 'The platform' },
            { label: 'Organisation', value: entry.tenantName ?? entry.tenantId },
            { label: 'On', value: entry.subject ? <Code>{entry.subject}</Code> : null },
            ...detailFacts(entry.details),
            { label: 'Address', value: entry.ip ? <Code>{entry.ip}</Code> : null },
            { label: 'Device', value: entry.device },
            { label: 'Entry', value: <Code>{entry.id}</Code> },
            entry.actorId || entry.tenantId
              ? {
                  label: 'See also',
                  value: (
                    <Group gap="md">
                      {entry.actorId ? (
                        <AppLink to={adminPaths.auditBy(entry.actorId)} onClick={onClose}>
                          All by this person
                        </AppLink>
                      ) : null}
                      {entry.tenantId ? (
                        <AppLink to={adminPaths.auditOf(entry.tenantId)} onClick={onClose}>
                          All of this organisation
                        </AppLink>
                      ) : null}
                    </Group>
                  ),
                }
              : null,
          ]}
        />
      ) : null}
    </Modal>
  );
}
