import { plural, t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { copyText } from './copied-text.ts';

/** Copies the marked rows, or all when none is marked, as a spreadsheet takes them; says that it did. */
export function LineCopy({
  marked,
  text,
  onClear,
}: {
  /** How many are marked. */
  marked: number;
  text: () => string;
  onClear: () => void;
}) {
  const [done, setDone] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (done !== 'copied') return;
    const timer = setTimeout(() => {
      setDone(null);
    }, 2000);
    return () => {
      clearTimeout(timer);
    };
  }, [done]);
  const words =
    done === 'copied'
      ? t`Copied`
      : done === 'refused'
        ? t`Could not be copied`
        : plural(marked, { 0: 'Copy all', one: 'Copy # line', other: 'Copy # lines' });
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        leftSection={done === 'copied' ? <IconCheck size={15} /> : <IconCopy size={15} />}
        title={t`As text for a spreadsheet`}
        onClick={() => {
          copyText(text()).then(
            () => {
              setDone('copied');
            },
            () => {
              setDone('refused');
            },
          );
        }}
      >
        {words}
      </Button>
      {marked > 0 ? (
        <Button variant="subtle" color="gray" onClick={onClear}>
          {t`Unmark`}
        </Button>
      ) : null}
    </>
  );
}
