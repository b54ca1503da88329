import { t } from '@lingui/core/macro';
import classes from './SignIn.module.css';

/** The product's mark and name: the title of the screens before the work itself. */
export function Mark() {
  return (
    <h1 className={classes.mark}>
      <MarkSymbol size={30} />
      <span>{t`Quartermaster`}</span>
    </h1>
  );
}

export function MarkSymbol({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="6" fill="var(--qm-accent)" />
      <g fill="none" stroke="var(--qm-on-accent)" strokeWidth="2.2" strokeLinejoin="round">
        <path d="M7 10.5 16 6l9 4.5v11L16 26l-9-4.5z" />
        <path d="M7 10.5 16 15l9-4.5M16 15v11" />
      </g>
    </svg>
  );
}
