import { StatusBadge } from '../ui/StatusBadge.tsx';
import { recordStates, type RecordState } from './party-words.ts';

/** Active, inactive or suspended. */
export function RecordStatus({ status, filled = false }: { status: RecordState; filled?: boolean }) {
  const { label, tone } = recordStates[status];
  return (
    <StatusBadge tone={tone} filled={filled}>
      {label}
    </StatusBadge>
  );
}
