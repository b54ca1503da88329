import { t } from '@lingui/core/macro';
import { Code } from '../../ui/Figures.tsx';
import { nothing } from '../../ui/formats.ts';
import classes from './tenants.module.css';

/**
 * The version of a tenant's schema, and how many migrations it is behind. A tenant without a database has no version.
 */
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
