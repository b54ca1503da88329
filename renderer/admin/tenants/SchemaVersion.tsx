import { t } from '@lingui/core/macro';
import { Code } from '../../ui/Figures.tsx';
import { nothing } from '../../ui/formats.ts';
import classes from './tenants.module.css';

/** The version of a tenant's schema; how many migrations it is behind, when it is. Without a database there is none. */
export function SchemaVersion({ version, latest }: { version: number; latest: number }) {
  if (version === 0) return nothing;
  const behind = latest - version;
  return (
    <span>
      <Code>v{version}</Code>
      {behind > 0 ? <span className={classes.behind}>{t`${behind} behind`}</span> : null}
    </span>
  );
}
