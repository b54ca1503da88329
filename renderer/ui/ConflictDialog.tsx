import { t } from '@lingui/core/macro';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import classes from './ConflictDialog.module.css';
import { nothing } from './formats.ts';

export interface ConflictField {
  id: string;
  label: string;
  mine: string;
  theirs: string;
  /** Whose value is chosen at first. */
  suggested: 'mine' | 'theirs';
}

export interface ConflictDialogProps {
  fields: readonly ConflictField[];
  busy?: boolean;
  /** Per field, whose value is kept. */
  onResolve: (choice: Readonly<Record<string, 'mine' | 'theirs'>>) => void;
  onClose: () => void;
}

/** Two people changed one record: both versions side by side, chosen field by field. Closing loses nothing. */
export function ConflictDialog({ fields, busy = false, onResolve, onClose }: ConflictDialogProps) {
  const [choice, setChoice] = useState<Record<string, 'mine' | 'theirs'>>(() =>
    Object.fromEntries(fields.map((field) => [field.id, field.suggested])),
  );
  return (
    <Modal opened onClose={onClose} size="xl" title={t`Someone else changed this while you were typing`}>
      <Stack gap="sm">
        <Text size="sm">{t`Nothing has been saved yet. What only one of you changed is chosen already; look at the rest. Everything not listed is the same in both.`}</Text>
        <Group gap="xs">
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => {
              setChoice(all(fields, 'mine'));
            }}
          >{t`Keep all mine`}</Button>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => {
              setChoice(all(fields, 'theirs'));
            }}
          >{t`Take all theirs`}</Button>
        </Group>
        <div className={classes.table} role="table" aria-label={t`Both versions`}>
          <div role="row" className={classes.head}>
            <span role="columnheader">{t`Field`}</span>
            <span role="columnheader">{t`Yours`}</span>
            <span role="columnheader">{t`Saved meanwhile`}</span>
          </div>
          {fields.map((field, index) => (
            <div role="row" key={field.id} className={classes.row}>
              <span role="cell" className={classes.label}>
                {field.label}
              </span>
              {(['mine', 'theirs'] as const).map((side) => (
                <label
                  key={side}
                  role="cell"
                  className={classes.choice}
                  data-chosen={choice[field.id] === side || undefined}
                >
                  <input
                    type="radio"
                    data-autofocus={index === 0 && choice[field.id] === side ? true : undefined}
                    name={`conflict-${field.id}`}
                    checked={choice[field.id] === side}
                    onChange={() => {
                      setChoice((before) => ({ ...before, [field.id]: side }));
                    }}
                  />
                  <span>{field[side] === '' ? nothing : field[side]}</span>
                </label>
              ))}
            </div>
          ))}
        </div>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{t`Back to the form`}</Button>
          <Button
            loading={busy}
            onClick={() => {
              onResolve(choice);
            }}
          >{t`Save this choice`}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function all(fields: readonly ConflictField[], side: 'mine' | 'theirs') {
  return Object.fromEntries(fields.map((field) => [field.id, side]));
}
