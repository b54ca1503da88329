import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { Tenant, TenantEvent } from '../../../server/tenancy/tenants.contract.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Code } from '../../ui/Figures.tsx';
import { formatAgo, formatInstant } from '../../ui/moments.ts';
import { Section } from '../../ui/Page.tsx';
import { useTenantEvents } from './use-tenant-events.ts';
import { storedRecordText } from '../lib/stored-words.ts';

/** A removed organisation: until when it can be restored, and where its export is. */
export function Removal({ tenant }: { tenant: Tenant }) {
  const events = useTenantEvents(tenant);
  if (tenant.status !== 'deprovisioned') return null;
  const told = events.data?.items.findLast(({ step }: TenantEvent) => step === 'deprovisioned');
  const folder = told?.values.folder ?? null;
  return (
    <Section title={t`Removal`}>
      <Facts
        columns={1}
        items={[
          told ? { label: t`Removed`, value: formatInstant(told.at) } : null,
          {
            label: t`Deleted for good`,
            value: tenant.deleteAfter
              ? t`${formatInstant(tenant.deleteAfter)} (${formatAgo(tenant.deleteAfter)}); until then it can be brought back`
              : null,
          },
          {
            label: t`Export`,
            value: folder ? (
              <>
                <Code>{folder}</Code>
                {'\n'}
                {t`on the machine of the API: every table as a file, with a manifest. It stays after the deletion.`}
              </>
            ) : (
              told && storedRecordText(told.message)
            ),
          },
          folder
            ? {
                label: t`Reading it back`,
                value: (
                  <Trans>
                    once it is deleted: <Code>npm run restore:tenant -- --from={folder}</Code>
                  </Trans>
                ),
              }
            : null,
        ]}
      />
    </Section>
  );
}
