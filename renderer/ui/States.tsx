import { t } from '@lingui/core/macro';
import { Button, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './States.module.css';

/** What stands in the place of rows while there are none. */
export interface EmptyWords {
  title: string;
  /** Why there are none: what would be here, and what brings it. */
  text: ReactNode;
  /** The button for the next step, where the reader may take one. */
  action?: ReactNode;
}

/** Nothing here yet: says what would be here and offers the first thing to do. */
export function EmptyState({ title, text, action }: EmptyWords) {
  return (
    <div className={classes.state} data-empty>
      <Title order={2} className={classes.title}>
        {title}
      </Title>
      <Text size="sm" c="dimmed" maw={440}>
        {text}
      </Text>
      {action ? <div className={classes.action}>{action}</div> : null}
    </div>
  );
}

/** Something failed: what happened, what was kept, what to do. */
export function ProblemState({
  title,
  detail,
  onRetry,
  action,
  isPage = false,
}: {
  title: string;
  detail: string;
  onRetry?: (() => void) | undefined;
  action?: ReactNode;
  /** It stands instead of a screen: its title is the page's, and takes the focus on arrival. */
  isPage?: boolean;
}) {
  return (
    <div className={classes.state} role="alert">
      <IconAlertTriangle size={22} className={classes.warning} aria-hidden="true" />
      <Title
        order={isPage ? 1 : 2}
        className={classes.title}
        {...(isPage ? { tabIndex: -1, 'data-page-title': true } : {})}
      >
        {title}
      </Title>
      <Text size="sm" c="dimmed" maw={440}>
        {detail}
      </Text>
      <div className={classes.action}>
        {onRetry ? (
          <Button
            variant="default"
            leftSection={<IconRefresh size={15} />}
            onClick={onRetry}
          >{t`Try again`}</Button>
        ) : null}
        {action}
      </div>
    </div>
  );
}

/** A problem above a form: the form keeps what was typed. */
export function ProblemNote({
  title,
  detail,
  children,
}: {
  title: string;
  detail?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className={classes.note} data-tone="bad" role="alert">
      <strong>{title}</strong>
      {detail ? <span>{detail}</span> : null}
      {children}
    </div>
  );
}

/** A quiet remark above a form or table, such as "restored from a draft". */
export function Note({ children, tone = 'neutral' }: { children: ReactNode; tone?: 'neutral' | 'waiting' }) {
  return (
    <div className={classes.note} data-tone={tone} role="status">
      {children}
    </div>
  );
}
