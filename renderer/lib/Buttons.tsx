import { t } from '@lingui/core/macro';
import { Button, type ButtonProps } from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import type { MouseEvent, ReactNode } from 'react';
import { useAppHistory } from '../ui/use-app-history.ts';

/** A button that is a link inside the app: it can be opened in a new window like any other. */
export function LinkButton({
  to,
  children,
  ...rest
}: ButtonProps & { to: string; children: ReactNode; 'data-new-record'?: boolean }) {
  const history = useAppHistory();
  return (
    <Button
      component="a"
      href={history.createHref(to)}
      onClick={(event: MouseEvent) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        history.push(to);
      }}
      {...rest}
    >
      {children}
    </Button>
  );
}

/** The primary action of a list, unless the empty list has a button for it; the key `n` presses it. */
export function NewButton({
  to,
  quiet = false,
  children,
}: {
  to: string;
  quiet?: boolean;
  children: ReactNode;
}) {
  return (
    <LinkButton
      to={to}
      variant={quiet ? 'default' : 'filled'}
      leftSection={<IconPlus size={15} />}
      data-new-record
    >
      {children}
    </LinkButton>
  );
}

export function EditButton({ to }: { to: string }) {
  return <LinkButton to={to} variant="default" leftSection={<IconPencil size={15} />}>{t`Edit`}</LinkButton>;
}
