import { t } from '@lingui/core/macro';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { AppLink } from './AppLink.tsx';
import classes from './PageHeader.module.css';

export interface PageHeaderProps {
  title: ReactNode;
  /** The way back: `{ label: 'Vendors', to: '/vendors' }`. */
  parent?: { label: string; to: string } | undefined;
  /** Beside the title: the record's state. */
  status?: ReactNode;
  /** Below the title, one quiet line. */
  detail?: ReactNode;
  /** Right: the primary action last. */
  actions?: ReactNode;
}

/** The head of every screen: where you are, what it is, what can be done. The title takes the focus on arrival. */
export function PageHeader({ title, parent, status, detail, actions }: PageHeaderProps) {
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {parent ? (
          <nav aria-label={t`Breadcrumb`} className={classes.trail}>
            <AppLink to={parent.to} className={classes.back}>
              <IconArrowLeft size={13} aria-hidden="true" />
              {parent.label}
            </AppLink>
          </nav>
        ) : null}
        <div className={classes.line}>
          <h1 className={classes.title} tabIndex={-1} data-page-title>
            {title}
          </h1>
          {status}
        </div>
        {detail ? <div className={classes.detail}>{detail}</div> : null}
      </div>
      {actions ? <div className={classes.actions}>{actions}</div> : null}
    </header>
  );
}
