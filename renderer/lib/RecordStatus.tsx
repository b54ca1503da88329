import { StatusBadge } from '../ui/StatusBadge.tsx';
import { recordStates } from './party-words.ts';

/** Active, inactive or suspended. */
export function RecordStatus({
  status,
  filled = false,
}: {
  status: 'active' | 'inactive' | 'suspended';
  filled?: boolean;
}) {
  const { label, tone } = recordStates[status];
  return (
    <StatusBadge tone={tone} filled={filled}>
      {label}
    </StatusBadge>
  );
}
