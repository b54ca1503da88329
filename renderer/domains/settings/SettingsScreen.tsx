import { t } from '@lingui/core/macro';
import { TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { updateSettingsSchema, type Settings } from '../../../server/domains/settings/settings.contract.ts';
import { settingsKind } from '../../../server/domains/settings/settings.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import {
  AddressFields,
  addressInput,
  addressLabels,
  addressText,
  addressValues,
  type AddressValues,
} from '../../lib/address.tsx';
import { orNull } from '../../lib/form-errors.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { paths } from '../../lib/paths.ts';
import { useRecordForm } from '../../lib/record-form.ts';
import { RecordFormFrame } from '../../lib/RecordFormFrame.tsx';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { roleWords } from '../../lib/role-words.ts';
import { useServices, useTRPC } from '../../lib/services.tsx';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Code, Money } from '../../ui/Figures.tsx';
import { FieldCell, FormSection } from '../../ui/FormFrame.tsx';
import { formatPercent } from '../../ui/formats.ts';
import { Page, Section } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SecondStepFields, secondStepWords } from './SecondStepFields.tsx';
import {
  deferralInput,
  deferralText,
  deferralValues,
  UpdateDeferralFields,
  type DeferralValues,
} from './UpdateDeferralFields.tsx';

function secondStepOf({ secondFactor, secondFactorRoles }: Settings): string {
  return secondFactor === 'roles'
    ? secondFactorRoles.map(roleWords).join(', ')
    : secondStepWords[secondFactor];
}

interface SettingsValues extends Record<string, unknown> {
  legalName: string;
  gstin: string;
  address: AddressValues;
  approvalThreshold: string;
  receiptTolerancePercent: string;
  secondFactor: Settings['secondFactor'];
  secondFactorRoles: string[];
  updateDeferral: DeferralValues;
}

const labels: Readonly<Record<string, string>> = {
  legalName: t`Legal name`,
  gstin: 'GSTIN',
  approvalThreshold: t`Approval threshold`,
  receiptTolerancePercent: t`Over-receipt allowed`,
  secondFactor: t`Second step`,
  secondFactorRoles: t`Roles with a second step`,
  'updateDeferral.weekday': t`New versions are offered from`,
  'updateDeferral.hour': t`Hour`,
  ...addressLabels('address', t`Address`),
};

function valuesOf(settings: Settings): SettingsValues {
  return {
    legalName: settings.legalName,
    gstin: settings.gstin ?? '',
    address: addressValues(settings.address),
    approvalThreshold: settings.approvalThreshold,
    receiptTolerancePercent: settings.receiptTolerancePercent,
    secondFactor: settings.secondFactor,
    secondFactorRoles: settings.secondFactorRoles,
    updateDeferral: deferralValues(settings.updateDeferral),
  };
}

/** How the organisation does business: shown to those who may see it, a form for those who may change it. */
export function SettingsScreen() {
  const trpc = useTRPC();
  const ability = useAbility();
  const query = useQuery(trpc.settings.get.queryOptions());
  return (
    <Page header={<PageHeader title={t`Settings`} />}>
      <RecordGate query={query} isPart>
        {(settings) =>
          ability.can(settingsKind.updateWith) ? (
            <SettingsForm key={settings.version} settings={settings} />
          ) : (
            <Section title={t`Organisation`}>
              <Facts
                columns={1}
                items={[
                  { label: t`Legal name`, value: settings.legalName },
                  { label: 'GSTIN', value: settings.gstin ? <Code>{settings.gstin}</Code> : null },
                  { label: t`Address`, value: addressText(settings.address) },
                  { label: t`Approval above`, value: <Money value={settings.approvalThreshold} /> },
                  { label: t`Second step`, value: secondStepOf(settings) },
                  { label: t`Over-receipt`, value: formatPercent(settings.receiptTolerancePercent) },
                  { label: t`New versions of the app`, value: deferralText(settings.updateDeferral) },
                ]}
              />
            </Section>
          )
        }
      </RecordGate>
    </Page>
  );
}

function SettingsForm({ settings: loaded }: { settings: Settings }) {
  const [settings] = useState(loaded);
  const trpc = useTRPC();
  const { session } = useServices();
  const update = useMutation(trpc.settings.update.mutationOptions());
  const recordForm = useRecordForm<SettingsValues, typeof updateSettingsSchema, Settings>({
    name: 'settings',
    schema: updateSettingsSchema,
    initial: valuesOf(settings),
    version: settings.version,
    toInput: (values, version) => ({
      version,
      legalName: values.legalName,
      gstin: orNull(values.gstin),
      address: addressInput(values.address),
      approvalThreshold: values.approvalThreshold,
      receiptTolerancePercent: values.receiptTolerancePercent,
      secondFactor: values.secondFactor,
      secondFactorRoles: values.secondFactor === 'roles' ? values.secondFactorRoles : [],
      updateDeferral: deferralInput(values.updateDeferral),
    }),
    save: (input) => update.mutateAsync(input),
    fromCurrent: (current: Settings) => ({ values: valuesOf(current), version: current.version }),
    onSaved: () => {
      notifyDone(t`Settings saved`);
      // Screens read the threshold and the tolerance with the person's own permissions.
      void session.refresh();
    },
  });
  const { form } = recordForm;
  return (
    <RecordFormFrame
      recordForm={recordForm}
      saveLabel={t`Save settings`}
      back={paths.overview}
      labels={labels}
    >
      <FormSection
        title={t`Organisation`}
        help={t`Printed on orders and invoices. The GSTIN’s state decides the GST on sales.`}
      >
        <FieldCell span={4}>
          <TextInput label={t`Legal name`} required {...form.getInputProps('legalName')} />
        </FieldCell>
        <FieldCell span={2}>
          <TextInput label="GSTIN" {...form.getInputProps('gstin')} />
        </FieldCell>
        <AddressFields bind={(field) => form.getInputProps(`address.${field}`)} />
      </FormSection>
      <FormSection title={t`Purchasing`}>
        <FieldCell span={3}>
          <DecimalField
            label={t`Orders need an approval above`}
            places={2}
            prefix="₹"
            {...form.getInputProps('approvalThreshold')}
          />
        </FieldCell>
        <FieldCell span={3}>
          <DecimalField
            label={t`Over-receipt allowed without the override`}
            places={2}
            suffix="%"
            {...form.getInputProps('receiptTolerancePercent')}
          />
        </FieldCell>
      </FormSection>
      <FormSection
        title={t`Sign-in`}
        help={t`A stolen password alone is then useless. It holds from everyone’s next click on; whoever has no second step yet is led through setting one up.`}
      >
        <FieldCell span={6}>
          <SecondStepFields
            whom={form.getValues().secondFactor}
            bindWhom={form.getInputProps('secondFactor')}
            bindRoles={form.getInputProps('secondFactorRoles')}
          />
        </FieldCell>
      </FormSection>
      <FormSection
        title={t`New versions of the app`}
        help={t`For the desktop app on all computers, by the time of India. Versions that close a security hole don’t wait, nor does one that the server asks for.`}
      >
        <UpdateDeferralFields
          weekday={form.getValues().updateDeferral.weekday}
          bindWeekday={form.getInputProps('updateDeferral.weekday')}
          bindHour={form.getInputProps('updateDeferral.hour')}
        />
      </FormSection>
    </RecordFormFrame>
  );
}
