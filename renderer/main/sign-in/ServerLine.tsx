import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import { desktop } from '../../lib/desktop.ts';
import { useReachable } from '../../lib/reachability.ts';
import { useServices } from '../../lib/services.tsx';
import { Note, ProblemNote } from '../../ui/States.tsx';
import classes from './SignIn.module.css';

/** Which server this is, whether it answers, and on the desktop another one instead. */
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

function ServerForm({ host, onDone }: { host: string; onDone: () => void }) {
  const [address, setAddress] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function connect() {
    if (!desktop) return;
    setBusy(true);
    setProblem(null);
    try {
      // On success the shell asks once more, in a window of the system, and reloads this one.
      await desktop.setConnection(await desktop.findConnection(address.trim()));
      onDone();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (address.trim() === '') setProblem(t`Type the address of the server.`);
    else void connect();
  }

  return (
    <form aria-label={t`Server`} onSubmit={submit} noValidate className={classes.server}>
      <Stack gap="sm">
        {problem ? <ProblemNote title={problem} /> : null}
        <TextInput
          label={t`Address of the server`}
          description={t`Now ${host}. Your organisation tells you the address, such as stock.example.com.`}
          autoFocus
          spellCheck={false}
          value={address}
          onChange={(event) => {
            setAddress(event.currentTarget.value);
          }}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>{t`Cancel`}</Button>
          <Button type="submit" loading={busy}>{t`Connect`}</Button>
        </Group>
      </Stack>
    </form>
  );
}
