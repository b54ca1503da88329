import { t } from '@lingui/core/macro';
import type { GstRegistration } from '../../server/ground/india.contract.ts';
import type { Tone } from '../ui/StatusBadge.tsx';

/** States of master records. */
export type RecordState = 'active' | 'inactive' | 'suspended';

export const recordStates: Readonly<Record<RecordState, { label: string; tone: Tone }>> = {
  active: { label: t`Active`, tone: 'good' },
  inactive: { label: t`Inactive`, tone: 'neutral' },
  suspended: { label: t`Suspended`, tone: 'bad' },
};

export const recordStateOptions = (states: readonly RecordState[]) =>
  states.map((value) => ({ value, label: recordStates[value].label }));

export const gstRegistrationWords: Readonly<Record<GstRegistration, string>> = {
  regular: t`Regular`,
  composition: t`Composition`,
  unregistered: t`Unregistered`,
  sez: t`Special economic zone`,
  overseas: t`Overseas`,
};

export const gstRegistrationOptions = Object.entries(gstRegistrationWords).map(([value, label]) => ({
  value,
  label,
}));

/** `30` days, `0` at once. */
export function paymentTermsWords(days: number): string {
  return days === 0 ? t`On delivery` : t`${days} days`;
}
