import { t } from '@lingui/core/macro';
import { Menu, useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  IconBuilding,
  IconCheck,
  IconDeviceDesktop,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconShieldLock,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react';
import { languages } from '../../../server/ground/languages.contract.ts';
import { desktop } from '../../lib/desktop.ts';
import { notifyProblem } from '../../lib/notify.tsx';
import { paths } from '../../lib/paths.ts';
import { useRoleWords } from '../../lib/role-words.ts';
import { useMe, useServices, useTRPC } from '../../lib/services.tsx';
import classes from './Shell.module.css';
import { chooseLanguage, chosenLanguage, nameOfLanguage } from '../../words/language.ts';
import { useAppHistory } from '../../ui/use-app-history.ts';

const schemes = [
  { value: 'light', label: t`Light`, icon: IconSun },
  { value: 'dark', label: t`Dark`, icon: IconMoon },
  { value: 'auto', label: t`As the system`, icon: IconDeviceDesktop },
] as const;

/** Opens the operators' window on the desktop, its page in a browser. */
export function openAdmin(): void {
  if (desktop) desktop.windows.openAdmin().catch(notifyProblem);
  else window.location.assign('/admin/');
}

export function UserMenu() {
  const me = useMe();
  const roleNames = useRoleWords();
  const { session } = useServices();
  const history = useAppHistory();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const name = me.employee?.name ?? me.user.email;
  return (
    <Menu position="right-end" width={250} withinPortal>
      <Menu.Target>
        <button type="button" className={classes.user} aria-label={t`${name}: account and appearance`}>
          <span className={classes.initials} aria-hidden="true">
            {initials(name)}
          </span>
          <span className={classes.label}>
            <span className={classes.userName}>{name}</span>
            <span className={classes.userRole}>
              {me.isOperator && !me.tenant ? t`Platform operator` : roleNames(me.roles)}
            </span>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.user.email}</Menu.Label>
        <CompanyItems />
        <Menu.Item
          leftSection={<IconUserCircle size={16} />}
          onClick={() => {
            history.push(paths.sessions);
          }}
        >{t`Sign-in and sessions`}</Menu.Item>
        {me.isOperator ? (
          <Menu.Item
            leftSection={<IconShieldLock size={16} />}
            onClick={openAdmin}
          >{t`Platform administration`}</Menu.Item>
        ) : null}
        <Menu.Divider />
        <Menu.Label>{t`Appearance`}</Menu.Label>
        {schemes.map((scheme) => (
          <Menu.Item
            key={scheme.value}
            role="menuitemradio"
            aria-checked={colorScheme === scheme.value}
            closeMenuOnClick={false}
            leftSection={<scheme.icon size={16} />}
            rightSection={colorScheme === scheme.value ? <IconCheck size={15} /> : null}
            onClick={() => {
              setColorScheme(scheme.value);
              void desktop?.theme.set(scheme.value === 'auto' ? 'system' : scheme.value);
            }}
          >
            {scheme.label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t`Language`}</Menu.Label>
        {languages.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            role="menuitemradio"
            aria-checked={language === chosenLanguage()}
            leftSection={<IconLanguage size={16} />}
            rightSection={language === chosenLanguage() ? <IconCheck size={15} /> : null}
            onClick={() => {
              chooseLanguage(language);
            }}
          >
            {nameOfLanguage[language]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          onClick={() => void session.signOut()}
        >{t`Sign out`}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** For whoever works for several companies: in which they are now. */
function CompanyItems() {
  const trpc = useTRPC();
  const { session } = useServices();
  const companies = useQuery(trpc.auth.companies.queryOptions());
  const { items = [] } = companies.data ?? {};
  if (items.length < 2) return null;
  return (
    <>
      {items.map(({ id, name, current }) => (
        <Menu.Item
          key={id}
          role="menuitemradio"
          aria-checked={current}
          leftSection={<IconBuilding size={16} />}
          rightSection={current ? <IconCheck size={15} /> : null}
          onClick={() => {
            if (!current) session.chooseCompany(id).catch(notifyProblem);
          }}
        >
          {name}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s@.]+/).filter(Boolean);
  return `${words[0]?.[0] ?? ''}${words[1]?.[0] ?? ''}`.toUpperCase();
}
