import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Employee } from '../../../server/domains/employees/employees.contract.ts';
import { employeeKind } from '../../../server/domains/employees/employees.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { wordsOf } from '../../lib/error-words.ts';
import { useTRPC } from '../../lib/services.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Code } from '../../ui/Figures.tsx';
import { nothing } from '../../ui/formats.ts';

/** Milliseconds after which a revealed value is masked again. */
const shownFor = 60_000;

/** The masked PAN; in full for a minute after a reason was given, which the audit trail keeps. */
export function RevealPan({ employee }: { employee: Employee }) {
  const mayReveal = useAbility().can(employeeKind.rights.revealPii);
  const trpc = useTRPC();
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const reveal = useMutation(
    trpc.employees.revealPii.mutationOptions({ meta: { keepQueries: true }, gcTime: 0 }),
  );

  useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(() => {
      setShown(null);
    }, shownFor);
    return () => {
      clearTimeout(timer);
    };
  }, [shown]);

  if (!employee.panMasked) return nothing;
  return (
    <>
      <Code>{shown ?? employee.panMasked}</Code>{' '}
      {mayReveal ? (
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => {
            if (shown === null) setAsking(true);
            else setShown(null);
          }}
        >
          {shown === null ? t`Reveal` : t`Hide`}
        </Button>
      ) : null}
      <ConfirmDialog
        opened={asking}
        onClose={() => {
          setAsking(false);
          reveal.reset();
        }}
        title={t`Reveal the PAN`}
        confirmLabel={t`Reveal`}
        reason={{ label: t`Reason`, required: true, maxLength: 200 }}
        busy={reveal.isPending}
        problem={reveal.error ? wordsOf(reveal.error) : null}
        onConfirm={(reason) => {
          reveal.mutate(
            { id: employee.id, field: 'pan', reason },
            {
              onSuccess: (answer) => {
                setShown(answer.value);
                setAsking(false);
                reveal.reset();
              },
            },
          );
        }}
      >{t`It is shown for a minute. Who looked, when and why is kept in the audit trail.`}</ConfirmDialog>
    </>
  );
}
