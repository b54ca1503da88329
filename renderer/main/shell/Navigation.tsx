import { t } from '@lingui/core/macro';
import { Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { useMe } from '../../lib/services.tsx';
import { AppLink } from '../../ui/AppLink.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { MarkSymbol } from '../sign-in/Mark.tsx';
import classes from './Shell.module.css';
import { useNavigation } from './use-navigation.ts';
import { UserMenu } from './UserMenu.tsx';

/** Below this width only the symbols are shown; the same as in Shell.module.css. */
const narrowWindow = '(max-width: 70em)';

function isCurrent(path: string, location: string): boolean {
  return path === '/' ? location === '/' : location === path || location.startsWith(`${path}/`);
}

/** The left edge: whose data this is, the way to everything the role allows, and who is signed in. */
export function Navigation({ onSearch }: { onSearch: () => void }) {
  const me = useMe();
  const location = useLocation({ select: (at) => at.pathname });
  const groups = useNavigation();
  const narrow = useMediaQuery(narrowWindow);
  return (
    <section className={classes.navigation} aria-label="Quartermaster">
      <div className={classes.tenant}>
        <MarkSymbol size={24} />
        <span className={classes.tenantName}>{me.tenant?.name ?? 'Quartermaster'}</span>
      </div>
      <button type="button" className={classes.search} onClick={onSearch} aria-keyshortcuts="Control+K">
        <IconSearch size={15} aria-hidden="true" />
        <span className={classes.label}>{t`Find or do`}</span>
        <span className={classes.searchKeys}>
          <KeyHint keys="Ctrl+K" />
        </span>
      </button>
      <nav className={classes.groups} aria-label={t`Main`}>
        {groups.map((group) => (
          <div key={group.label ?? 'overview'} className={classes.group}>
            {group.label ? <h2 className={classes.groupLabel}>{group.label}</h2> : null}
            <ul>
              {group.items.map((item) => (
                <li key={item.path}>
                  <Tooltip label={item.label} position="right" disabled={!narrow}>
                    <AppLink
                      to={item.path}
                      look="plain"
                      className={classes.item}
                      aria-label={item.label}
                      aria-current={isCurrent(item.path, location) ? 'page' : undefined}
                    >
                      <item.icon size={17} stroke={1.6} aria-hidden="true" />
                      <span className={classes.label}>{item.label}</span>
                    </AppLink>
                  </Tooltip>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <UserMenu />
    </section>
  );
}
