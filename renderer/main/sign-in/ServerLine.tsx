import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { desktop } from '../../lib/desktop.ts';
import { useReachable } from '../../lib/reachability.ts';
import { useServices } from '../../lib/services.tsx';
import { Note } from '../../ui/States.tsx';
import { ServerForm } from './ServerForm.tsx';
import classes from './SignIn.module.css';

/** Which server this is, whether it answers, and on the desktop a way to choose another. */
export function ServerLine() {
  const { connection, reachability } = useServices();
  const reachable = useReachable(reachability);
  const [changeable, setChangeable] = useState(false);
  const [changing, setChanging] = useState(false);
  const { host } = new URL(connection.apiUrl);

  useEffect(() => {
    void reachability.probe();
  }, [reachability]);
  useEffect(() => {
    desktop
      ?.getConnection()
      .then(({ fixed }) => {
        setChangeable(!fixed);
      })
      .catch(() => undefined);
  }, []);

  if (changing) {
    return (
      <ServerForm
        host={host}
        onDone={() => {
          setChanging(false);
        }}
      />
    );
  }
  return (
    <Stack gap="xs">
      {reachable ? null : (
        <Note tone="waiting">{t`${host} does not answer. Check that this computer is on its network; this goes on by itself as soon as there is an answer.`}</Note>
      )}
      {changeable ? (
        <Group justify="space-between" gap="xs" className={classes.server}>
          <Text size="xs" c="dimmed">
            <Trans>
              Server <span className={classes.address}>{host}</span>
            </Trans>
          </Text>
          <Anchor
            component="button"
            type="button"
            size="xs"
            onClick={() => {
              setChanging(true);
            }}
          >{t`Another server`}</Anchor>
        </Group>
      ) : null}
    </Stack>
  );
}
