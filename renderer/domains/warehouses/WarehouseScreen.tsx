import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Bin, Warehouse } from '../../../server/domains/warehouses/warehouses.contract.ts';
import { binKind } from '../../../server/domains/warehouses/warehouses.kinds.contract.ts';
import { stockMovementKind } from '../../../server/domains/inventory/inventory.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { LinkButton } from '../../lib/Buttons.tsx';
import { MasterPage } from '../../lib/MasterPage.tsx';
import { paths } from '../../lib/paths.ts';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { RecordStatus } from '../../lib/RecordStatus.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Code } from '../../ui/Figures.tsx';
import { Section } from '../../ui/Page.tsx';
import { PrintLabels } from '../labels/PrintLabels.tsx';
import { BinDialog } from './BinDialog.tsx';
import { binKindWords } from './bin-words.ts';
import { warehousePage } from './warehouse-fields.tsx';

export function WarehouseScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.warehouses.get.queryOptions({ id: useRecordId() }));
  return <RecordGate query={query}>{(warehouse) => <WarehouseRecord warehouse={warehouse} />}</RecordGate>;
}

function WarehouseRecord({ warehouse }: { warehouse: Warehouse }) {
  const { can } = useAbility();
  const update = useMutation(useTRPC().warehouses.update.mutationOptions());
  const [editing, setEditing] = useState<Bin | 'new' | null>(null);
  const { id, version } = warehouse;
  const mayEdit = can(binKind.updateWith);
  return (
    <>
      <MasterPage
        of={warehousePage}
        record={warehouse}
        code={warehouse.code}
        change={(status) => update.mutateAsync({ id, version, status })}
        actions={
          can(stockMovementKind.readWith) ? (
            <LinkButton
              variant="default"
              to={`${paths.inventory}?warehouseId=${id}`}
            >{t`Stock in it`}</LinkButton>
          ) : null
        }
        main={
          <Section
            title={t`Bins (${warehouse.bins.length})`}
            flush
            actions={
              <>
                <PrintLabels
                  compact
                  wanted={{
                    kind: 'bin',
                    items: warehouse.bins
                      .filter((bin) => bin.status === 'active')
                      .map((bin) => ({ id: bin.id })),
                  }}
                />
                {mayEdit ? (
                  <Button
                    variant="subtle"
                    size="compact-sm"
                    leftSection={<IconPlus size={14} />}
                    onClick={() => {
                      setEditing('new');
                    }}
                  >{t`Add bin`}</Button>
                ) : null}
              </>
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
              empty={{
                title: t`No bins yet`,
                text: t`Goods lie in the bins of a warehouse: nothing can be received here without one.`,
                action: mayEdit ? (
                  <Button
                    variant="default"
                    onClick={() => {
                      setEditing('new');
                    }}
                  >{t`Add bin`}</Button>
                ) : null,
              }}
            />
          </Section>
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
    </>
  );
}

const binColumns: readonly DataColumn<Bin>[] = [
  { id: 'code', header: t`Bin`, width: '150px', fixed: true, cell: (row) => <Code>{row.code}</Code> },
  { id: 'name', header: t`Name`, width: 'minmax(140px, 2fr)', cell: (row) => row.name },
  { id: 'kind', header: t`For`, width: '130px', cell: (row) => binKindWords[row.kind] },
  { id: 'status', header: t`Status`, width: '116px', cell: (row) => <RecordStatus status={row.status} /> },
];
