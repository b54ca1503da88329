import { plural, t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { Note } from '../ui/States.tsx';
import type { OrderLineValues } from './order-lines.ts';

/** Above the lines: how many pasted ones have no product yet, and the way to the first of them. */
export function PastedNote({
  lines,
  onGo,
  onRetry,
}: {
  lines: readonly OrderLineValues[];
  onGo: (index: number) => void;
  onRetry: () => void;
}) {
  const waiting = lines.filter(({ pasted }) => pasted?.found === 'waiting').length;
  const unread = lines.filter(({ pasted }) => pasted?.found === 'unread').length;
  const first = lines.findIndex(({ pasted }) => pasted && pasted.found !== 'waiting');
  const number = first + 1;
  const open = lines.filter(({ pasted }) => pasted).length - waiting;
  if (waiting + open === 0) return null;
  return (
    <Note tone="waiting">
      {open === 0
        ? plural(waiting, {
            one: 'Looking up the product of # pasted line …',
            other: 'Looking up the products of # pasted lines …',
          })
        : plural(open, {
            one: '# pasted line has no product yet.',
            other: '# pasted lines have no product yet.',
          })}
      {open > 0 ? (
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => {
            onGo(first);
          }}
        >
          {t`Go to line ${number}`}
        </Button>
      ) : null}
      {unread > 0 ? (
        <Button variant="subtle" size="compact-xs" onClick={onRetry}>
          {t`Look up again`}
        </Button>
      ) : null}
    </Note>
  );
}
