import { plural, t } from '@lingui/core/macro';
import { Button, Group, Modal, Stack } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Symbology } from '../../../server/domains/labels/label-templates.contract.ts';
import { readToLabel, type LabelledKind } from '../../../server/domains/labels/labelled-kinds.contract.ts';
import { mostLabels, type RenderLabels } from '../../../server/domains/labels/labels.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { readProblem, wordsFor } from '../../lib/error-words.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { useTRPC, useTRPCClient } from '../../lib/services.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { ShortList } from '../../ui/ShortList.tsx';
import { ProblemNote } from '../../ui/States.tsx';
import classes from './labels.module.css';
import { saveLabels } from './saved-file.ts';

/** What labels are of. With copies, as many of each; without, as many as the person says. */
export interface LabelsWanted {
  kind: LabelledKind;
  items: readonly { id: string; copies?: number; lot?: string; expiresOn?: string }[];
}

const symbologyWords: Readonly<Record<Symbology, string>> = {
  code128: t`Code 128`,
  ean13: 'EAN-13',
  qr: 'QR',
  gs1_datamatrix: t`GS1 DataMatrix`,
};

/** Opens the dialog in which labels are chosen, looked at and saved as a file; only for those who may print them and read what is on them. */
export function PrintLabels({ wanted, compact = false }: { wanted: LabelsWanted; compact?: boolean }) {
  const { can } = useAbility();
  const [open, setOpen] = useState(false);
  const isAllowed = can('labels:print') && readToLabel[wanted.kind].every((right) => can(right));
  if (!isAllowed || wanted.items.length === 0) return null;
  return (
    <>
      <Button
        variant={compact ? 'subtle' : 'default'}
        {...(compact && { size: 'compact-sm' })}
        leftSection={<IconPrinter size={compact ? 14 : 16} />}
        onClick={() => {
          setOpen(true);
        }}
      >{t`Print labels`}</Button>
      <Modal
        opened={open}
        onClose={() => {
          setOpen(false);
        }}
        title={t`Print labels`}
        size="lg"
      >
        <LabelsChoice wanted={wanted} />
      </Modal>
    </>
  );
}

/** What is wrong with one of the labels is said in its own words: there is no field to mark. */
function labelProblem(error: unknown): { title: string; detail: string } {
  const problem = readProblem(error);
  const [field] = problem.fields ?? [];
  return field ? { title: t`These labels can’t be made`, detail: field.message } : wordsFor(problem);
}

function LabelsChoice({ wanted }: { wanted: LabelsWanted }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const templates = useQuery(trpc.labels.templates.queryOptions(undefined, { staleTime: 60_000 }));
  const [template, setTemplate] = useState('50x25');
  const [symbology, setSymbology] = useState('usual');
  const [copies, setCopies] = useState<number | string>(1);
  const [skip, setSkip] = useState<number | string>(0);
  const isGiven = wanted.items.every((item) => item.copies !== undefined);
  const isSheet = templates.data?.find((one) => one.key === template)?.sheet ?? null;
  const each = typeof copies === 'number' && copies > 0 ? copies : null;
  const items = wanted.items.map((item) => ({ ...item, copies: item.copies ?? each ?? 1 }));
  const count = items.reduce((sum, item) => sum + item.copies, 0);
  const inputFor = (format: RenderLabels['format'], dpi: RenderLabels['dpi'] = 203) => ({
    kind: wanted.kind,
    items,
    template,
    format,
    dpi,
    ...(symbology !== 'usual' && { symbology: symbology as Symbology }),
    ...(isSheet && typeof skip === 'number' && { skip }),
  });
  const preview = useQuery({
    queryKey: ['labels', 'preview', wanted.kind, wanted.items[0], template, symbology],
    queryFn: () =>
      client.labels.render.mutate({
        ...inputFor('svg'),
        items: items.slice(0, 1).map((one) => ({ ...one, copies: 1 })),
      }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const save = useMutation({
    mutationFn: ({ format, dpi }: { format: 'pdf' | 'zpl'; dpi?: RenderLabels['dpi'] }) =>
      client.labels.render.mutate(inputFor(format, dpi)),
    onSuccess: (labels) => {
      saveLabels(labels);
      notifyDone(t`Labels saved`, labels.fileName);
    },
  });
  const error = save.error ?? preview.error;
  const problem = error ? labelProblem(error) : null;
  const missing = preview.data?.missing ?? [];
  const picture = preview.error ? undefined : preview.data?.content;
  const mayNot = each === null || count > mostLabels;
  return (
    <Stack gap="sm">
      {problem ? <ProblemNote title={problem.title} detail={problem.detail} /> : null}
      <Group grow align="flex-start" gap="sm">
        <ShortList
          label={t`Label`}
          data={(templates.data ?? []).map(({ key, name }) => ({ value: key, label: name }))}
          value={template}
          onChange={(value) => {
            if (value === null) return;
            save.reset();
            setTemplate(value);
          }}
        />
        <ShortList
          label={t`Code on it`}
          data={[
            { value: 'usual', label: t`As the label has it` },
            ...Object.entries(symbologyWords).map(([value, label]) => ({ value, label })),
          ]}
          value={symbology}
          onChange={(value) => {
            if (value === null) return;
            save.reset();
            setSymbology(value);
          }}
        />
        {isGiven ? null : (
          <NumberField
            label={wanted.items.length === 1 ? t`Copies` : t`Copies of each`}
            value={copies}
            onChange={setCopies}
          />
        )}
        {isSheet ? <NumberField label={t`Places used on the sheet`} value={skip} onChange={setSkip} /> : null}
      </Group>
      <div className={classes.preview}>
        {picture === undefined ? null : (
          <img
            alt={t`Preview of the first label`}
            src={`data:image/svg+xml,${encodeURIComponent(picture)}`}
          />
        )}
      </div>
      {missing.length > 0 ? (
        <p role="note">{t`No font has ${missing.join(' ')}: an empty box stands there.`}</p>
      ) : null}
      <Group justify="space-between" gap="xs">
        <span>{plural(count, { one: '# label', other: '# labels' })}</span>
        <Group gap="xs">
          {isSheet ? null : (
            <>
              <Button
                variant="default"
                disabled={mayNot || save.isPending}
                onClick={() => {
                  save.mutate({ format: 'zpl', dpi: 203 });
                }}
              >{t`Save ZPL, 203 dpi`}</Button>
              <Button
                variant="default"
                disabled={mayNot || save.isPending}
                onClick={() => {
                  save.mutate({ format: 'zpl', dpi: 300 });
                }}
              >{t`Save ZPL, 300 dpi`}</Button>
            </>
          )}
          <Button
            // A disabled button takes no focus: it would stay on the page behind.
            data-autofocus={mayNot ? undefined : true}
            disabled={mayNot}
            loading={save.isPending}
            onClick={() => {
              save.mutate({ format: 'pdf' });
            }}
          >{t`Save PDF`}</Button>
        </Group>
      </Group>
    </Stack>
  );
}
