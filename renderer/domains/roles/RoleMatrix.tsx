import { plural, t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { Fragment } from 'react';
import { usable } from '../../../server/domains/kinds.contract.ts';
import { dutiesWith, dutyNames } from '../../../server/permissions/permissions.contract.ts';
import type { Role } from '../../../server/domains/roles/roles.contract.ts';
import { paths } from '../../lib/paths.ts';
import { dutyWords, permissionGroups, roleName } from '../../lib/role-words.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import classes from './RoleMatrix.module.css';

/** What each role can do, in words, then the permissions that it takes. */
export function RoleMatrix({
  roles,
  onEdit,
}: {
  roles: readonly Role[];
  onEdit: ((role: Role) => void) | undefined;
}) {
  const dutiesOf = new Map(roles.map((role) => [role.key, new Set(dutiesWith(role.permissions))]));
  return (
    <div
      className={classes.scroller}
      tabIndex={0}
      role="region"
      aria-label={t`Matrix of roles and permissions`}
    >
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col">{t`Permission`}</th>
            {roles.map((role) => (
              <th
                scope="col"
                key={role.key}
                className={role.builtIn ? classes.role : `${classes.role ?? ''} ${classes.own ?? ''}`}
              >
                <span>{roleName(role)}</span>
                <AppLink to={`${paths.employees}?role=${role.key}`} className={classes.members}>
                  {plural(role.members, { one: '# person', other: '# people' })}
                </AppLink>
                {!role.builtIn && onEdit ? (
                  <Button
                    aria-label={t`Change ${roleName(role)}`}
                    variant="subtle"
                    size="compact-xs"
                    onClick={() => {
                      onEdit(role);
                    }}
                  >{t`Change`}</Button>
                ) : null}
              </th>
            ))}
            <Rest />
          </tr>
        </thead>
        <tbody>
          <tr className={classes.group}>
            <th scope="rowgroup" colSpan={roles.length + 2}>{t`What each role can do`}</th>
          </tr>
          {dutyNames.map((duty) => (
            <tr key={duty}>
              <th scope="row">{dutyWords(duty)}</th>
              {roles.map((role) => (
                <Allowed
                  key={role.key}
                  own={!role.builtIn}
                  allowed={dutiesOf.get(role.key)?.has(duty) ?? false}
                />
              ))}
              <Rest />
            </tr>
          ))}
          {permissionGroups.map((group) => (
            <Fragment key={group.resource}>
              <tr className={classes.group}>
                <th scope="rowgroup" colSpan={roles.length + 2}>
                  {group.resource}
                </th>
              </tr>
              {group.items.map((item) => (
                <tr key={item.permission}>
                  <th scope="row">{item.action}</th>
                  {roles.map((role) => (
                    <Allowed
                      key={role.key}
                      own={!role.builtIn}
                      allowed={usable(new Set(role.permissions), item.permission)}
                    />
                  ))}
                  <Rest />
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What the roles leave of the width: heads and rows go on to the edge, and the marks stay near the names. */
function Rest() {
  return <td className={classes.rest} aria-hidden="true" />;
}

function Allowed({ allowed, own }: { allowed: boolean; own: boolean }) {
  return (
    <td className={own ? classes.own : undefined}>
      {allowed ? (
        <IconCheck size={16} stroke={2} role="img" aria-label={t`Allowed`} />
      ) : (
        <span className={classes.no} role="img" aria-label={t`Not allowed`}>
          ·
        </span>
      )}
    </td>
  );
}
