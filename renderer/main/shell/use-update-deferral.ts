import { useEffect } from 'react';
import type { Me } from '../../../server/domains/account/account.contract.ts';
import { desktop } from '../../lib/desktop.ts';

/** Tells the desktop app when the organisation first offers its people new versions. */
export function useUpdateDeferral(settings: Me['settings']): void {
  // A server of the previous version sends nothing about it: what the app has stored stays.
  const told = settings?.updateDeferral === undefined ? undefined : JSON.stringify(settings.updateDeferral);
  useEffect(() => {
    if (told === undefined) return;
    desktop?.app.setUpdateDeferral(JSON.parse(told) as NonNullable<Me['settings']>['updateDeferral']);
  }, [told]);
}
