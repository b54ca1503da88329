import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconCloudOff, IconHourglass } from '@tabler/icons-react';
import { useReachable, useSlow } from '../../lib/reachability.ts';
import { useServices } from '../../lib/services.tsx';
import { formatInstant } from '../../ui/moments.ts';
import classes from './Shell.module.css';

/** A slow server, or none: reading goes on from what was loaded; the banner goes away by itself. */
export function OfflineBanner() {
  const { reachability } = useServices();
  const reachable = useReachable(reachability);
  const slow = useSlow(reachability);
  if (reachable) {
    return slow ? (
      <div className={classes.banner} data-tone="progress" role="status">
        <IconHourglass size={16} aria-hidden="true" />
        <span>{t`Waiting for the server. You can go on elsewhere; what you type is kept.`}</span>
      </div>
    ) : null;
  }
  const since = reachability.awaySince;
  return (
    <div className={classes.banner} role="status">
      <IconCloudOff size={16} aria-hidden="true" />
      <span>{t`No connection to the server${since ? t` since ${formatInstant(new Date(since).toISOString())}` : ''}. You can read what is already loaded; what you type is kept.`}</span>
      <Button
        variant="subtle"
        size="compact-xs"
        onClick={() => void reachability.probe()}
      >{t`Try now`}</Button>
    </div>
  );
}
