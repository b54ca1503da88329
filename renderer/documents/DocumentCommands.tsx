import { t } from '@lingui/core/macro';
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { AppLink } from '../ui/AppLink.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { KeyHint } from '../ui/KeyHint.tsx';
import { LinkButton } from '../lib/Buttons.tsx';
import { commandWords, useCommand } from '../lib/command.ts';
import { notifyDone, notifyRefusal } from '../lib/notify.tsx';
import type { DocumentAction } from './document-commands.ts';

/** The commands of a document that its state and the reader's permissions allow now. */
export function DocumentCommands({
  actions,
  subject,
}: {
  actions: readonly DocumentAction[];
  subject: string;
}) {
  const [asked, setAsked] = useState<DocumentAction | null>(null);
  const [running, setRunning] = useState<string | null>(null);
  const command = useCommand(
    async ({ action, reason }: { action: DocumentAction; reason: string }) => {
      try {
        if (action.issue) return { action, number: await action.issue() };
        await action.send?.(reason);
      } catch (error) {
        if (!action.ask) notifyRefusal(commandWords(error));
        throw error;
      }
      return { action, number: subject };
    },
    ({ action, number }, isLeft) => {
      if (action.done) notifyDone(action.done, number);
      if (!isLeft) setAsked(null);
    },
  );

  function press(action: DocumentAction) {
    command.leave();
    if (action.press) {
      action.press();
      return;
    }
    if (action.ask) {
      setAsked(action);
      return;
    }
    setRunning(action.id);
    command.run({ action, reason: '' });
  }

  const button = (action: DocumentAction) => {
    const variant = action.place === 'primary' ? 'filled' : 'default';
    if (action.to) {
      return (
        <LinkButton key={action.id} to={action.to} variant={variant} {...keyOf(action)}>
          {action.label}
        </LinkButton>
      );
    }
    return (
      <Button
        key={action.id}
        variant={variant}
        loading={command.busy && running === action.id}
        {...keyOf(action)}
        onClick={() => {
          press(action);
        }}
      >
        {action.label}
      </Button>
    );
  };
  const more = actions.filter((action) => action.place === 'more');
  const first = useRef<HTMLButtonElement>(null);

  return (
    <>
      {more.length > 0 ? (
        // Kept in the page while it is closed: its keys work without opening it.
        <Menu
          position="bottom-end"
          keepMounted
          // The menu itself doesn't focus elements that were there before.
          transitionProps={{ duration: 60, onEntered: () => first.current?.focus() }}
        >
          <Menu.Target>
            <ActionIcon variant="default" size={32} aria-label={t`More commands`}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {more.map((action, at) => (
              <Menu.Item
                key={action.id}
                ref={at === 0 ? first : null}
                {...(action.danger ? { color: 'red' } : {})}
                {...keyOf(action)}
                {...(action.key ? { rightSection: <KeyHint keys={action.key} /> } : {})}
                {...(action.to
                  ? {
                      renderRoot: (props: object) => <AppLink look="plain" to={action.to ?? ''} {...props} />,
                    }
                  : {
                      onClick: () => {
                        press(action);
                      },
                    })}
              >
                {action.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {actions.filter((action) => action.place === 'default').map(button)}
      {actions.filter((action) => action.place === 'primary').map(button)}
      <ConfirmDialog
        opened={asked !== null}
        onClose={() => {
          command.leave();
          setAsked(null);
        }}
        title={asked?.ask?.title ?? ''}
        confirmLabel={asked?.label ?? ''}
        danger={asked?.danger ?? false}
        {...(asked?.ask?.reason ? { reason: asked.ask.reason } : {})}
        busy={command.busy}
        problem={command.problem}
        onConfirm={(reason) => {
          if (asked) command.run({ action: asked, reason });
        }}
      >
        {asked?.ask?.text}
      </ConfirmDialog>
    </>
  );
}

/**
 * The shell presses the button that has the letter; its tooltip and screen readers name the letter. A button that acts
 * at once only gets the focus: a letter alone decides nothing.
 */
function keyOf({ key, to, press, ask }: DocumentAction) {
  if (!key) return {};
  const goesOff = !to && !press && !ask;
  return {
    'data-key': key,
    'aria-keyshortcuts': key,
    title: t`Key ${key}`,
    ...(goesOff ? { 'data-key-focuses': true } : {}),
  };
}
