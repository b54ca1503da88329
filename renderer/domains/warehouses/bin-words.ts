import { t } from '@lingui/core/macro';
import type { Bin } from '../../../server/domains/warehouses/warehouses.contract.ts';

/** What a bin is for. */
export const binKindWords: Readonly<Record<Bin['kind'], string>> = {
  storage: t`Storage`,
  receiving: t`Receiving`,
  quarantine: t`Quarantine`,
};
