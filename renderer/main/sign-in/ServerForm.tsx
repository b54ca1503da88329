import { t } from '@lingui/core/macro';
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { desktop } from '../../lib/desktop.ts';
import { ProblemNote } from '../../ui/States.tsx';
import classes from './SignIn.module.css';

/**
 * Asks for the address of the server, checks what answers there, and says in words what is wrong.
 * @param host the current server, which can be kept; none at the first start
 */
export function ServerForm({ host, onDone }: { host?: string; onDone: () => void }) {
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
          description={
            host === undefined
              ? t`Your organisation tells you the address, such as stock.example.com.`
              : t`Now ${host}. Your organisation tells you the address, such as stock.example.com.`
          }
          autoFocus
          spellCheck={false}
          value={address}
          onChange={(event) => {
            setAddress(event.currentTarget.value);
          }}
        />
        <Group justify="flex-end" gap="xs">
          {host === undefined ? null : (
            <Button variant="default" onClick={onDone}>
              {t({ message: 'Cancel', context: 'a form' })}
            </Button>
          )}
          <Button type="submit" loading={busy}>{t`Connect`}</Button>
        </Group>
      </Stack>
    </form>
  );
}
