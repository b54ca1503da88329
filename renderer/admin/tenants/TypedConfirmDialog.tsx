import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ProblemNote } from '../../ui/States.tsx';

interface TypedConfirmProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** Must be typed letter by letter before the button opens. */
  expected: string;
  confirmLabel: string;
  busy: boolean;
  problem: { title: string; detail: string } | null;
  onConfirm: () => void;
  children: ReactNode;
}

/** For what ends something: a name has to be typed, so that it can't happen by habit. */
export function TypedConfirmDialog(props: TypedConfirmProps) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title}>
      {props.opened ? <Body {...props} /> : null}
    </Modal>
  );
}

function Body({ expected, confirmLabel, busy, problem, onClose, onConfirm, children }: TypedConfirmProps) {
  const [typed, setTyped] = useState('');
  const ready = typed === expected;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !busy) onConfirm();
      }}
    >
      <Stack gap="sm">
        {problem ? <ProblemNote {...problem} /> : null}
        <Text size="sm">{children}</Text>
        <TextInput
          label={
            <Trans>
              Type <Code>{expected}</Code> to go on
            </Trans>
          }
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
          }}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} disabled={busy}>{t`Back`}</Button>
          <Button type="submit" color="red" loading={busy} disabled={!ready}>
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
