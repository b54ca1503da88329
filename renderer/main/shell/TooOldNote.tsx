import { t } from '@lingui/core/macro';
import { Button, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { UpdateState } from '../../../electron/ipc/contract.ts';
import { desktop } from '../../lib/desktop.ts';
import { Note } from '../../ui/States.tsx';

/** The server works with newer versions only. The updater works without a sign-in, so the way out is here. */
export function TooOldNote({ lowest }: { lowest: string }) {
  const [update, setUpdate] = useState<UpdateState>({ state: 'none' });
  const [looked, setLooked] = useState(false);
  useEffect(() => desktop?.app.onUpdate(setUpdate), []);
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    desktop?.app
      .checkForUpdates(true)
      .catch(() => undefined)
      .finally(() => {
        setLooked(true);
      });
  }, [looks]);
  const look = () => {
    setLooked(false);
    setLooks(looks + 1);
  };
  return (
    <Note tone="waiting">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t`The server works with version ${lowest} or newer. This one is older: update it before you sign in. What you typed is kept.`}</Text>
        {update.state === 'downloading' ? (
          <Text size="sm">{t`Version ${update.version} is being fetched: ${update.percent} %.`}</Text>
        ) : null}
        {update.state === 'ready' ? (
          <Button
            size="compact-sm"
            onClick={() => void desktop?.app.installUpdate()}
          >{t`Restart and update`}</Button>
        ) : null}
        {looked && (update.state === 'none' || update.state === 'failed') ? (
          <>
            <Text size="sm">{t`No update was found. If your organisation looks after this computer, its administrators bring the new version.`}</Text>
            <Button size="compact-sm" variant="default" onClick={look}>{t`Look again`}</Button>
          </>
        ) : null}
      </Stack>
    </Note>
  );
}
