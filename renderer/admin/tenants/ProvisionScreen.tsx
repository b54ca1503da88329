import { t } from '@lingui/core/macro';
import { PasswordInput, TextInput } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { createTenantSchema, tenantSlugSchema } from '../../../server/tenancy/tenants.contract.ts';
import { newId } from '../../lib/new-id.ts';
import { usePageTitle } from '../../lib/page-title.ts';
import { useRecordForm } from '../../lib/record-form.ts';
import { useServices, useTRPCClient } from '../../lib/services.tsx';
import { FieldCell, FormFrame, FormSection } from '../../ui/FormFrame.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { adminPaths } from '../admin-paths.ts';
import { Placement } from './Placement.tsx';
import { slugFromName } from './slug-from-name.ts';
import { plans } from './tenant-words.ts';
import { useAppHistory } from '../../ui/use-app-history.ts';
import { ShortList } from '../../ui/ShortList.tsx';

interface Values extends Record<string, unknown> {
  name: string;
  slug: string;
  plan: string;
  /** Empty: the server with the fewest organisations. */
  cluster: string;
  ownerName: string;
  ownerEmail: string;
  ownerPassword: string;
}

const empty: Values = {
  name: '',
  slug: '',
  plan: 'standard',
  cluster: '',
  ownerName: '',
  ownerEmail: '',
  ownerPassword: '',
};

/** A new organisation: its name, its permanent short name, its first owner. The progress is on its own page. */
export function ProvisionScreen() {
  usePageTitle(t`Set up an organisation`);
  const client = useTRPCClient();
  const history = useAppHistory();
  const { queries } = useServices();
  const [id] = useState(newId);
  const asked: { name?: string; slug?: string } = useSearch({ strict: false });
  const [initial] = useState<Values>(() => ({ ...empty, name: asked.name ?? '', slug: asked.slug ?? '' }));
  const record = useRecordForm({
    name: asked.slug ? `tenant:new:${asked.slug}` : 'tenant:new',
    schema: createTenantSchema,
    initial,
    secret: ['ownerPassword'],
    toInput: ({ ownerPassword, cluster, ...values }) => ({
      id,
      ...values,
      ...(cluster === '' ? {} : { cluster }),
      ...(ownerPassword === '' ? {} : { ownerPassword }),
    }),
    save: (input) => client.admin.tenants.create.mutate(input),
    onSaved: (created) => {
      void queries.invalidateQueries();
      history.push(adminPaths.tenant(created.id));
    },
  });
  const { form } = record;
  const name = form.getInputProps('name');

  return (
    <Page
      header={
        <PageHeader
          title={t`Set up an organisation`}
          parent={{ label: t`Organisations`, to: adminPaths.tenants }}
        />
      }
    >
      <FormFrame
        {...record}
        onSubmit={record.submit}
        onDiscardDraft={record.discardDraft}
        onCancel={() => {
          history.push(adminPaths.tenants);
        }}
        saveLabel={t`Set it up`}
      >
        <FormSection
          title={t`Organisation`}
          help={t`The short name becomes part of the database’s and the role’s name. It never changes.`}
        >
          <FieldCell span={4}>
            <TextInput
              label={t`Name`}
              required
              data-autofocus
              autoFocus
              placeholder="Acme Corporation"
              {...name}
              onChange={(event) => {
                const follows = form.values.slug === slugFromName(form.values.name);
                const typed = event.currentTarget.value;
                form.setFieldValue('name', typed);
                if (follows) form.setFieldValue('slug', slugFromName(typed));
              }}
            />
          </FieldCell>
          <FieldCell span={2}>
            <TextInput
              label={t`Short name`}
              required
              styles={{ input: { fontFamily: 'var(--qm-mono)' } }}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              description={
                tenantSlugSchema.safeParse(form.values.slug).success
                  ? t`Database qm_t_${form.values.slug}`
                  : t`Small letters, digits, - and _`
              }
              {...form.getInputProps('slug')}
            />
          </FieldCell>
          <FieldCell span={2}>
            <ShortList label={t`Plan`} data={plans} {...form.getInputProps('plan')} />
          </FieldCell>
          <Placement {...form.getInputProps('cluster')} />
        </FormSection>
        <FormSection
          title={t`First owner`}
          help={t`Owners may do everything in their organisation, and invite everyone else.`}
        >
          <FieldCell span={3}>
            <TextInput label={t`Name`} required placeholder="Asha Rao" {...form.getInputProps('ownerName')} />
          </FieldCell>
          <FieldCell span={3}>
            <TextInput
              label={t`E-mail`}
              required
              type="email"
              placeholder="asha@acme.example"
              {...form.getInputProps('ownerEmail')}
            />
          </FieldCell>
          <FieldCell span={3}>
            <PasswordInput
              label={t`First password`}
              autoComplete="new-password"
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              description={t`At least ten characters; they must change it first. Left empty, the owner is invited by e-mail. Somebody who has an account already gets a mail instead, and the password is not taken.`}
              {...form.getInputProps('ownerPassword')}
            />
          </FieldCell>
        </FormSection>
      </FormFrame>
    </Page>
  );
}
