import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { wordsOf } from './error-words.ts';

/** Something was done: `notifyDone('Vendor saved', 'V-0042 Shree Traders')`. */
export function notifyDone(title: string, message = ''): void {
  notifications.show({ title, message, autoClose: 4000 });
}

/** Something failed, in words. It stays until it is closed: an error must not vanish unread. */
export function notifyProblem(error: unknown): void {
  notifyRefusal(wordsOf(error));
}

/** Something to know, neither done nor failed. */
export function notifyNote(title: string, message = ''): void {
  notifications.show({ id: `${title} ${message}`, title, message, color: 'yellow', autoClose: 8000 });
}

/** Something was refused, in words already chosen; a repeated one is shown once. */
export function notifyRefusal({ title, detail }: { title: string; detail: string }): void {
  notifications.show({
    id: `${title} ${detail}`,
    title,
    message: detail,
    color: 'red',
    autoClose: false,
    role: 'alert',
  });
}

/** Something was done that one press undoes while the notice is shown. */
export function notifyUndo(
  title: string,
  undo: () => void,
  { label = t`Bring it back`, note = '' }: { label?: string; note?: string } = {},
): void {
  const id = notifications.show({
    title,
    message: (
      <>
        {note === '' ? null : <div>{note}</div>}
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          {label}
        </Button>
      </>
    ),
    autoClose: 15_000,
  });
}
