import { Modal } from '@mantine/core';
import type { AuditEntry } from '../../../server/admin/audit/audit.contract.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Code } from '../../ui/Figures.tsx';
import { formatInstant } from '../../ui/formats.ts';
import { actionWords, outcomeWords } from './audit-words.ts';

/** One entry in full. */
export function AuditDetails({ entry, onClose }: { entry: AuditEntry | null; onClose: () => void }) {
  return (
    <Modal opened={entry !== null} onClose={onClose} size="lg" title={entry ? actionWords[entry.action] : ''}>
      {entry ? (
        <Facts
          columns={1}
          items={[
            { label: 'When', value: formatInstant(entry.at) },
            { label: 'Outcome', value: outcomeWords[entry.outcome].label },
            { label: 'By', value: entry.actorEmail ?? entry.actorId ?? 'The platform' },
            { label: 'Organisation', value: entry.tenantName ?? entry.tenantId },
            { label: 'On', value: entry.subject },
            { label: 'Address', value: entry.ip },
            { label: 'Device', value: entry.device },
            ...Object.entries(entry.details).map(([label, value]) => ({
              label,
              value: <Code>{typeof value === 'string' ? value : JSON.stringify(value)}</Code>,
            })),
            { label: 'Entry', value: <Code>{entry.id}</Code> },
          ]}
        />
      ) : null}
    </Modal>
  );
}
