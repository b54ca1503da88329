import { t } from '@lingui/core/macro';
import { isExpiredOn, type LotState } from '../../../server/domains/inventory/lot-state.contract.ts';
import { today } from '../../../server/ground/days.contract.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { lotStateWords, lotTones } from './lot-words.ts';

/** The state of a lot. A usable one whose last usable day is over is called expired. */
export function LotStatus({ lot, filled = false }: { lot: LotState; filled?: boolean }) {
  const isExpired = lot.status === 'usable' && isExpiredOn(today(), lot.expiresOn);
  return (
    <StatusBadge tone={isExpired ? 'bad' : lotTones[lot.status]} filled={filled}>
      {isExpired ? t`Expired` : lotStateWords[lot.status]}
    </StatusBadge>
  );
}
