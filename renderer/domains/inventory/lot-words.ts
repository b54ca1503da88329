import { t } from '@lingui/core/macro';
import type { LotRow } from '../../../server/domains/inventory/lots.contract.ts';
import type { Tone } from '../../ui/StatusBadge.tsx';

/** Whether goods of a lot may be promised and sent. */
export const lotStateWords: Readonly<Record<LotRow['status'], string>> = {
  usable: t`Usable`,
  quarantined: t`Quarantined`,
  recalled: t`Recalled`,
};

export const lotTones: Readonly<Record<LotRow['status'], Tone>> = {
  usable: 'good',
  quarantined: 'waiting',
  recalled: 'bad',
};
