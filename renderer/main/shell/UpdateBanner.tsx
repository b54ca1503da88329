import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { UpdateState } from '../../../electron/ipc/contract.ts';
import { desktop } from '../../lib/desktop.ts';
import classes from './Shell.module.css';

/** A new version is ready: offered, never forced; unsaved work is asked about by the shell. */
export function UpdateBanner() {
  const [update, setUpdate] = useState<UpdateState | null>(null);
  const [later, setLater] = useState(false);
  useEffect(() => desktop?.app.onUpdate(setUpdate), []);
  if (update?.state === 'returned' && !later)
    return (
      <div className={classes.banner} role="status">
        <span>{t`Version ${update.version} did not start, so you are working with the one before it. It will not be offered on this computer again.`}</span>
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => {
            setLater(true);
          }}
        >{t`Close`}</Button>
      </div>
    );
  if (update?.state !== 'ready' || later) return null;
  return (
    <div className={classes.banner} data-tone="progress" role="status">
      <span>{t`Version ${update.version} is ready to be installed.`}</span>
      <Button
        size="compact-xs"
        onClick={() => void desktop?.app.installUpdate()}
      >{t`Restart and update`}</Button>
      <Button
        variant="subtle"
        size="compact-xs"
        onClick={() => {
          setLater(true);
        }}
      >{t`Later`}</Button>
    </div>
  );
}
