import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Bin, Warehouse } from '../../../server/domains/warehouses/warehouses.contract.ts';
import { warehouseKind } from '../../../server/domains/warehouses/warehouses.kinds.contract.ts';
import { stockMovementKind } from '../../../server/domains/inventory/inventory.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { addressText } from '../../lib/address.tsx';
import { EditButton, LinkButton } from '../../lib/Buttons.tsx';
import { usePageTitle } from '../../lib/page-title.ts';
import { editPath, paths } from '../../lib/paths.ts';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { RecordStatus } from '../../lib/RecordStatus.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { StatusActions } from '../../lib/StatusActions.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Code } from '../../ui/Figures.tsx';
import { formatInstant } from '../../ui/formats.ts';
import { Columns, Page, Section } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { EmptyState } from '../../ui/States.tsx';
import { BinDialog } from './BinDialog.tsx';
import { binKindWords } from './warehouse-form-values.ts';

export function WarehouseScreen() {
  const trpc = useTRPC();
  const id = useRecordId();
  const query = useQuery(trpc.warehouses.get.queryOptions({ id }));
  return <RecordGate query={query}>{(warehouse) => <WarehouseRecord warehouse={warehouse} />}</RecordGate>;
}

function WarehouseRecord({ warehouse }: { warehouse: Warehouse }) {
  const trpc = useTRPC();
  const ability = useAbility();
  const update = useMutation(trpc.warehouses.update.mutationOptions());
  const [editing, setEditing] = useState<Bin | 'new' | null>(null);
  usePageTitle(`${warehouse.name} (${warehouse.code})`);
  const mayEdit = ability.can(warehouseKind.updateWith);
  return (
    <Page
      header={
        <PageHeader
          parent={{ label: t`Warehouses`, to: paths.warehouses }}
          title={warehouse.name}
          status={<RecordStatus status={warehouse.status} filled />}
          detail={<Code>{warehouse.code}</Code>}
          actions={
            <>
              {ability.can(stockMovementKind.readWith) ? (
                <LinkButton
                  variant="default"
                  to={`${paths.inventory}?warehouseId=${warehouse.id}`}
                >{t`Stock in it`}</LinkButton>
              ) : null}
              {mayEdit ? (
                <>
                  <StatusActions
                    status={warehouse.status}
                    states={['active', 'inactive']}
                    change={(status) =>
                      update.mutateAsync({ id: warehouse.id, version: warehouse.version, status })
                    }
                  />
                  <EditButton to={editPath(paths.warehouse(warehouse.id))} />
                </>
              ) : null}
            </>
          }
        />
      }
    >
      <Columns
        main={
          <Section
            title={t`Bins (${warehouse.bins.length})`}
            flush
            actions={
              mayEdit ? (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  leftSection={<IconPlus size={14} />}
                  onClick={() => {
                    setEditing('new');
                  }}
                >{t`Add bin`}</Button>
              ) : null
            }
          >
            <DataTable
              inline
              name="bins"
              label={t`Bins`}
              columns={binColumns}
              rows={warehouse.bins}
              rowId={(row) => row.id}
              onOpen={
                mayEdit
                  ? (row) => {
                      setEditing(row);
                    }
                  : undefined
              }
              empty={<EmptyState title={t`No bins yet`} />}
            />
          </Section>
        }
        side={
          <>
            <Section title={t`Address`}>
              <Facts columns={1} items={[{ label: t`Place`, value: addressText(warehouse.address) }]} />
            </Section>
            <Section title={t`Record`}>
              <Facts
                columns={1}
                items={[
                  { label: t`Added`, value: formatInstant(warehouse.createdAt) },
                  { label: t`Changed`, value: formatInstant(warehouse.updatedAt) },
                ]}
              />
            </Section>
          </>
        }
      />
      {editing ? (
        <BinDialog
          warehouseId={warehouse.id}
          bin={editing === 'new' ? null : editing}
          onClose={() => {
            setEditing(null);
          }}
        />
      ) : null}
    </Page>
  );
}

const binColumns: readonly DataColumn<Bin>[] = [
  { id: 'code', header: t`Bin`, width: '150px', fixed: true, cell: (row) => <Code>{row.code}</Code> },
  { id: 'name', header: t`Name`, width: 'minmax(140px, 2fr)', cell: (row) => row.name },
  { id: 'kind', header: t`For`, width: '130px', cell: (row) => binKindWords[row.kind] },
  { id: 'status', header: t`Status`, width: '116px', cell: (row) => <RecordStatus status={row.status} /> },
];
