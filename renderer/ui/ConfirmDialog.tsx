import { t } from '@lingui/core/macro';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ReasonField } from './ReasonField.tsx';
import { ProblemNote } from './States.tsx';

export interface ConfirmDialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What will happen, in a sentence. */
  children: ReactNode;
  /** A verb: `Cancel order`, never `OK`. */
  confirmLabel: string;
  /** Red, for what can't be undone. */
  danger?: boolean;
  /** Asks for a reason; `required` keeps the button shut until there is one. */
  reason?: { label: string; required: boolean; maxLength?: number };
  busy?: boolean;
  problem?: { title: string; detail: string } | null;
  onConfirm: (reason: string) => void;
}

/** Asks before something that others will notice. Ctrl+Enter confirms, Escape cancels. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} size="md">
      {props.opened ? <ConfirmBody {...props} /> : null}
    </Modal>
  );
}

function ConfirmBody(props: ConfirmDialogProps) {
  const [reason, setReason] = useState('');
  const ready = !props.reason?.required || reason.trim() !== '';
  const confirm = () => {
    if (ready && !props.busy) props.onConfirm(reason.trim());
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        confirm();
      }}
    >
      <Stack gap="sm">
        {props.problem ? <ProblemNote {...props.problem} /> : null}
        <Text size="sm" component="div">
          {props.children}
        </Text>
        {props.reason ? (
          <ReasonField
            label={props.reason.label}
            required={props.reason.required}
            maxLength={props.reason.maxLength ?? 500}
            data-autofocus
            value={reason}
            onType={setReason}
            onConfirm={confirm}
          />
        ) : null}
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="default" onClick={props.onClose}>{t`Back`}</Button>
          <Button
            type="submit"
            {...(props.danger ? { color: 'red' } : {})}
            loading={props.busy ?? false}
            disabled={!ready}
            data-autofocus={props.reason ? undefined : true}
          >
            {props.confirmLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
