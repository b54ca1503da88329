import { t } from '@lingui/core/macro';
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import {
  createBinSchema,
  updateBinSchema,
  type Bin,
} from '../../../server/domains/warehouses/warehouses.contract.ts';
import { readProblem, wordsFor } from '../../lib/error-words.ts';
import { errorsOfSchema, orNull } from '../../lib/form-errors.ts';
import { useFormCommand } from '../../lib/form-command.ts';
import { newId } from '../../lib/new-id.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { recordStateOptions } from '../../lib/party-words.ts';
import { useTRPCClient } from '../../lib/services.tsx';
import { ProblemNote } from '../../ui/States.tsx';
import { binKindWords } from './bin-words.ts';
import { ShortList } from '../../ui/ShortList.tsx';

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
  const client = useTRPCClient();
  const [id] = useState(newId);
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

  const save = useFormCommand(
    form,
    async (values: BinValues) => {
      if (bin) await client.warehouses.updateBin.mutate(updateBinSchema.parse(inputOf(values)));
      else await client.warehouses.createBin.mutate(createBinSchema.parse(inputOf(values)));
      return values;
    },
    (values, isLeft) => {
      notifyDone(bin ? t`Bin saved` : t`Bin added`, values.code);
      if (!isLeft) onClose();
    },
  );
  const problem = save.error ? wordsFor(readProblem(save.error)) : null;

  return (
    <Modal opened onClose={onClose} title={bin ? t`Bin ${bin.code}` : t`Add bin`}>
      <form onSubmit={save.submit} noValidate>
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
          <ShortList
            label={t`For`}
            description={t`What is in quarantine is never reserved for orders.`}
            data={Object.entries(binKindWords).map(([value, label]) => ({ value, label }))}
            {...form.getInputProps('kind')}
          />
          {bin ? (
            <ShortList
              label={t`Status`}
              data={recordStateOptions(['active', 'inactive'])}
              {...form.getInputProps('status')}
            />
          ) : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t({ message: 'Cancel', context: 'a form' })}
            </Button>
            <Button type="submit" loading={save.busy}>
              {bin ? t`Save bin` : t`Add bin`}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
