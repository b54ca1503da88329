import { t } from '@lingui/core/macro';
import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import {
  createBinSchema,
  updateBinSchema,
  type Bin,
} from '../../../server/domains/warehouses/warehouses.contract.ts';
import { readProblem, wordsFor, type Words } from '../../lib/error-words.ts';
import { errorsOfSchema, orNull, placeProblems } from '../../lib/form-errors.ts';
import { newId } from '../../lib/new-id.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { recordStateOptions } from '../../lib/party-words.ts';
import { useTRPC } from '../../lib/services.tsx';
import { ProblemNote } from '../../ui/States.tsx';
import { binKindWords } from './warehouse-form-values.ts';

interface BinValues {
  code: string;
  name: string;
  kind: Bin['kind'];
  status: Bin['status'];
}

/** Adds a bin, or changes one. */
export function BinDialog({
  warehouseId,
  bin,
  onClose,
}: {
  warehouseId: string;
  bin: Bin | null;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const [id] = useState(newId);
  const [problem, setProblem] = useState<Words | null>(null);
  const create = useMutation(trpc.warehouses.createBin.mutationOptions());
  const update = useMutation(trpc.warehouses.updateBin.mutationOptions());
  const inputOf = (values: BinValues) => {
    const { code, kind, status } = values;
    const name = orNull(values.name);
    return bin
      ? { id: bin.id, version: bin.version, code, name, kind, status }
      : { id, warehouseId, code, name, kind };
  };
  const form = useForm<BinValues>({
    initialValues: {
      code: bin?.code ?? '',
      name: bin?.name ?? '',
      kind: bin?.kind ?? 'storage',
      status: bin?.status ?? 'active',
    },
    validate: (values) => errorsOfSchema(bin ? updateBinSchema : createBinSchema, inputOf(values)),
  });

  async function save(values: BinValues) {
    setProblem(null);
    try {
      if (bin) await update.mutateAsync(updateBinSchema.parse(inputOf(values)));
      else await create.mutateAsync(createBinSchema.parse(inputOf(values)));
      notifyDone(bin ? t`Bin saved` : t`Bin added`, values.code);
      onClose();
    } catch (error) {
      const read = readProblem(error);
      form.setErrors(placeProblems(read.fields ?? [], values).errors);
      setProblem(wordsFor(read));
    }
  }

  return (
    <Modal opened onClose={onClose} title={bin ? t`Bin ${bin.code}` : t`Add bin`}>
      <form onSubmit={form.onSubmit((values) => save(values))} noValidate>
        <Stack gap="sm">
          {problem ? <ProblemNote title={problem.title} detail={problem.detail} /> : null}
          <TextInput
            label={t`Code`}
            required
            data-autofocus
            placeholder="A-01-03"
            {...form.getInputProps('code')}
          />
          <TextInput label={t`Name`} {...form.getInputProps('name')} />
          <Select
            label={t`For`}
            description={t`What lies in quarantine is never reserved for orders.`}
            data={Object.entries(binKindWords).map(([value, label]) => ({ value, label }))}
            {...form.getInputProps('kind')}
          />
          {bin ? (
            <Select
              label={t`Status`}
              data={recordStateOptions(['active', 'inactive'])}
              {...form.getInputProps('status')}
            />
          ) : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <Button type="submit" loading={create.isPending || update.isPending}>
              {bin ? t`Save bin` : t`Add bin`}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
