import { t } from '@lingui/core/macro';
import { Group, Modal } from '@mantine/core';
import type { AuditEntry } from '../../../server/admin/audit/audit.contract.ts';
import { deviceWords } from '../../lib/device-words.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Code } from '../../ui/Figures.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { adminPaths } from '../admin-paths.ts';
import { actionWords, detailFacts, outcomeWords } from './audit-words.ts';
import { formatSecond } from '../../ui/moments.ts';

/** One entry in full, with links to all entries of the same person or organisation. */
export function AuditDetails({ entry, onClose }: { entry: AuditEntry | null; onClose: () => void }) {
  return (
    <Modal opened={entry !== null} onClose={onClose} size="lg" title={entry ? actionWords[entry.action] : ''}>
      {entry ? (
        <Facts
          columns={1}
          items={[
            { label: t`When`, value: formatSecond(entry.at) },
            {
              label: t`Outcome`,
              value: (
                <StatusBadge tone={outcomeWords[entry.outcome].tone}>
                  {outcomeWords[entry.outcome].label}
                </StatusBadge>
              ),
            },
            { label: t`By`, value: entry.actorEmail ?? entry.actorId ?? t`The platform` },
            { label: t`Organisation`, value: entry.tenantName ?? entry.tenantId },
            { label: t`On`, value: entry.subject ? <Code>{entry.subject}</Code> : null },
            ...detailFacts(entry.details),
            { label: t`Address`, value: entry.ip ? <Code>{entry.ip}</Code> : null },
            {
              label: t`Device`,
              value: entry.device && <span title={entry.device}>{deviceWords(entry.device)}</span>,
            },
            { label: t`Entry`, value: <Code>{entry.id}</Code> },
            entry.actorId || entry.tenantId
              ? {
                  label: t`See also`,
                  value: (
                    <Group gap="md">
                      {entry.actorId ? (
                        <AppLink
                          to={adminPaths.auditBy(entry.actorId)}
                          onClick={onClose}
                        >{t`All by this person`}</AppLink>
                      ) : null}
                      {entry.tenantId ? (
                        <AppLink
                          to={adminPaths.auditOf(entry.tenantId)}
                          onClick={onClose}
                        >{t`All of this organisation`}</AppLink>
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
