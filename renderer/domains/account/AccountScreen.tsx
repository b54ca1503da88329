import { t } from '@lingui/core/macro';
import { useMe } from '../../lib/services.tsx';
import { useRoleWords } from '../../lib/role-words.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Columns, Page, Section } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { LanguageChoice } from '../../words/LanguageChoice.tsx';
import { ChangePassword } from './ChangePassword.tsx';
import { MySessions } from './MySessions.tsx';
import { TwoStep } from './TwoStep.tsx';

/** One's own sign-in: where it is open, its password, its second step. */
export function AccountScreen() {
  const me = useMe();
  const roleNames = useRoleWords();
  return (
    <Page header={<PageHeader title={t`Sign-in and sessions`} detail={me.user.email} />}>
      <Columns
        main={
          <>
            <MySessions />
            <TwoStep />
          </>
        }
        side={
          <>
            <Section title={t`You`}>
              <Facts
                columns={1}
                items={[
                  {
                    label: t`Name`,
                    value: me.employee?.name ?? (me.isOperator ? t`Platform operator` : null),
                  },
                  { label: t`Organisation`, value: me.tenant?.name },
                  { label: t`Language`, value: <LanguageChoice /> },
                  { label: t`Roles`, value: roleNames(me.roles) },
                ]}
              />
            </Section>
            <ChangePassword />
          </>
        }
      />
    </Page>
  );
}
