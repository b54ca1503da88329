import { t } from '@lingui/core/macro';

import type { ReactNode } from 'react';
import type { ClusterHealth } from '../../../server/tenancy/tenants.contract.ts';
import { FieldCell } from '../../ui/FormFrame.tsx';
import { clusterChoice, isOpenSomewhere, nextPlace } from '../clusters/cluster-words.ts';
import { useClusters } from '../clusters/use-clusters.ts';
import { ShortList } from '../../ui/ShortList.tsx';

interface PlacementProps {
  /** A cluster's name; empty: the platform chooses. */
  value?: string;
  onChange?: (value: string) => void;
  error?: ReactNode;
}

/** The server a new organisation is placed on. With only one there is nothing to choose. */
export function Placement({ value = '', onChange, error }: PlacementProps) {
  const { items } = useClusters();
  if (items.length < 2 && value === '') return null;
  const open = isOpenSomewhere(items);
  return (
    <FieldCell span={4}>
      <ShortList
        label={t`Cluster`}
        required={!open}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        description={value === '' ? automaticWords(items) : undefined}
        data={[
          { value: '', label: t`Automatic: where the fewest are`, disabled: !open },
          ...items.map(clusterChoice),
        ]}
        value={value}
        error={error}
        onChange={(next) => onChange?.(next ?? '')}
      />
    </FieldCell>
  );
}

/** What automatic placement means right now. */
function automaticWords(clusters: readonly ClusterHealth[]): string {
  const next = nextPlace(clusters);
  if (!next) return t`No cluster is open for new organisations: choose one by name.`;
  if (next.health === 'down')
    return t`That would be ${next.name}, which does not answer: choose another one.`;
  return t`Right now that is ${next.name}.`;
}
