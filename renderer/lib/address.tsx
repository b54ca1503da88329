import { t } from '@lingui/core/macro';
import { TextInput } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import type { Address } from '../../server/ground/record.contract.ts';
import { FieldCell } from '../ui/FormFrame.tsx';
import { orNull } from './form-errors.ts';
import { stateWords } from './state-words.ts';
import { ShortList } from '../ui/ShortList.tsx';

/** An address as fields show it: no nulls. */
export interface AddressValues {
  line1: string;
  line2: string;
  city: string;
  stateCode: string;
  pinCode: string;
  country: string;
  [field: string]: string;
}

export const emptyAddress: AddressValues = {
  line1: '',
  line2: '',
  city: '',
  stateCode: '',
  pinCode: '',
  country: 'IN',
};

export function addressValues(address: Address): AddressValues {
  return {
    line1: address.line1 ?? '',
    line2: address.line2 ?? '',
    city: address.city ?? '',
    stateCode: address.stateCode ?? '',
    pinCode: address.pinCode ?? '',
    country: address.country,
  };
}

export function addressInput(values: AddressValues) {
  return {
    line1: orNull(values.line1),
    line2: orNull(values.line2),
    city: orNull(values.city),
    stateCode: orNull(values.stateCode),
    pinCode: orNull(values.pinCode.replaceAll(' ', '')),
    country: values.country,
  };
}

/** Indian states with their GST codes, by name. */
export const stateOptions = Object.entries(stateWords)
  .map(([value, name]) => ({ value, label: `${name} (${value})` }))
  .sort((a, b) => a.label.localeCompare(b.label));

export function stateName(code: string | null): string | null {
  return code === null ? null : (stateWords[code] ?? code);
}

/** On one or more lines, as on an envelope. */
export function addressText(address: Address): string | null {
  const place = [address.city, address.pinCode].filter(Boolean).join(' ');
  const lines = [address.line1, address.line2, place, stateName(address.stateCode)].filter(Boolean);
  return lines.length === 0 ? null : lines.join('\n');
}

/** What the parts of an address are called, such as the billing address. */
export const addressPartLabels = (name: string) => ({
  line1: t`${name}, line 1`,
  line2: t`${name}, line 2`,
  city: t`${name}, city`,
  stateCode: t`${name}, state`,
  pinCode: t`${name}, PIN code`,
});

/** The same by their paths in a form. */
export const addressLabels = (path: string, name: string) =>
  Object.fromEntries(
    Object.entries(addressPartLabels(name)).map(([part, label]) => [`${path}.${part}`, label]),
  );

/** The fields of an address, bound by the form: `bind('line1')` is `form.getInputProps('address.line1')`. */
export function AddressFields({
  bind,
}: {
  bind: (field: keyof AddressValues & string) => GetInputPropsReturnType;
}) {
  const state = bind('stateCode');
  const setState = state.onChange as (code: string) => void;
  return (
    <>
      <FieldCell span={6}>
        <TextInput label={t`Address`} placeholder={t`Building, street`} {...bind('line1')} />
      </FieldCell>
      <FieldCell span={6}>
        <TextInput aria-label={t`Address, second line`} placeholder={t`Area, landmark`} {...bind('line2')} />
      </FieldCell>
      <FieldCell span={2}>
        <TextInput label={t`City`} {...bind('city')} />
      </FieldCell>
      <FieldCell span={3}>
        <ShortList
          label={t({ message: 'State', context: 'of India' })}
          data={stateOptions}
          searchable
          clearable
          placeholder={t`Choose a state`}
          {...state}
          value={(state.value as string) || null}
          onChange={(code: string | null) => {
            setState(code ?? '');
          }}
        />
      </FieldCell>
      <FieldCell span={1}>
        <TextInput label={t`PIN code`} inputMode="numeric" {...bind('pinCode')} />
      </FieldCell>
    </>
  );
}
