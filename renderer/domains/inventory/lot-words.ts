import { t } from '@lingui/core/macro';
import type { LotRow } from '../../../server/domains/inventory/lots.contract.ts';

/** Whether goods of a lot may be promised and sent. */
export const lotStateWords: Readonly<Record<LotRow['status'], string>> = {
  usable: t`Usable`,
  quarantined: t`Quarantined`,
  recalled: t`Recalled`,
};
