import { t } from '@lingui/core/macro';
import { Menu, useMantineColorScheme, VisuallyHidden, type MantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  IconBuilding,
  IconDeviceDesktop,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconShieldLock,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react';
import { languages, type Language } from '../../../server/ground/languages.contract.ts';
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
        <button type="button" className={classes.user}>
          <span className={classes.initials} aria-hidden="true" data-initials={initials(name)} />
          <span className={classes.label} aria-hidden="true">
            <span className={classes.userName}>{name}</span>
            <span className={classes.userRole}>
              {me.isOperator && !me.tenant ? t`Platform operator` : roleNames(me.roles)}
            </span>
          </span>
          <VisuallyHidden>{t`${name}: account and appearance`}</VisuallyHidden>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.user.email}</Menu.Label>
        <CompanyItems />
        <Menu.Item
          data-autofocus
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
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => {
            const scheme = value as MantineColorScheme;
            setColorScheme(scheme);
            void desktop?.theme.set(scheme === 'auto' ? 'system' : scheme);
          }}
        >
          {schemes.map((scheme) => (
            <Menu.RadioItem
              key={scheme.value}
              value={scheme.value}
              closeMenuOnClick={false}
              rightSection={<scheme.icon size={16} />}
            >
              {scheme.label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{t`Language`}</Menu.Label>
        <Menu.RadioGroup
          value={chosenLanguage()}
          onChange={(value) => {
            chooseLanguage(value as Language);
          }}
        >
          {languages.map((language) => (
            <Menu.RadioItem
              key={language}
              value={language}
              lang={language}
              rightSection={<IconLanguage size={16} />}
            >
              {nameOfLanguage[language]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          onClick={() => void session.signOut()}
        >{t`Sign out`}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** For people who work for several companies: which one they are in now. */
function CompanyItems() {
  const trpc = useTRPC();
  const { session } = useServices();
  const companies = useQuery(trpc.auth.companies.queryOptions());
  const { items = [] } = companies.data ?? {};
  if (items.length < 2) return null;
  const now = items.find(({ current }) => current)?.id ?? null;
  return (
    <>
      <Menu.RadioGroup
        value={now}
        onChange={(id) => {
          if (id !== now) session.chooseCompany(id).catch(notifyProblem);
        }}
      >
        {items.map(({ id, name }) => (
          <Menu.RadioItem key={id} value={id} rightSection={<IconBuilding size={16} />}>
            {name}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
    </>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s@.]+/).filter(Boolean);
  return `${words[0]?.[0] ?? ''}${words[1]?.[0] ?? ''}`.toUpperCase();
}
