import { t } from '@lingui/core/macro';
import { Autocomplete } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Bind } from '../../lib/record-fields.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { formatPercent } from '../../ui/formats.ts';
import { ShortList } from '../../ui/ShortList.tsx';

/** A category of other products, or a new one. */
export function CategoryChoice({ bind }: { bind: Bind }) {
  const categories = useQuery(useTRPC().products.categories.queryOptions());
  return (
    <Autocomplete
      label={t`Category`}
      required
      data={(categories.data ?? []).map(({ category }) => category)}
      {...bind()}
    />
  );
}

/** One of the company's tax classes; one that is no longer among them stays to be chosen. */
export function TaxClassChoice({ bind }: { bind: Bind }) {
  const taxClasses = useQuery(useTRPC().products.taxClasses.queryOptions());
  const input = bind() as { value: string };
  const options = (taxClasses.data ?? []).map(({ taxClass, ratePercent }) => ({
    value: taxClass,
    label: `${taxClass} · ${formatPercent(ratePercent)}`,
  }));
  const isKnown = options.some(({ value }) => value === input.value);
  return (
    <ShortList
      label={t`Tax class`}
      waits={taxClasses.isPending}
      data={isKnown ? options : [...options, { value: input.value, label: input.value }]}
      {...input}
    />
  );
}
