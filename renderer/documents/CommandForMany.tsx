import { plural, t } from '@lingui/core/macro';
import { Button, Group, Modal, Progress, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { commandWords } from '../lib/command.ts';
import { ReasonField } from '../ui/ReasonField.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import classes from './documents.module.css';

interface Subject {
  id: string;
  number: string;
}

/** One command for several documents: what is asked, and how it is sent for one of them. */
export interface CommandForMany<Document extends Subject> {
  title: string;
  /** What follows from it. */
  text: string;
  /** A verb with its object: `Approve 3 orders`. */
  label: string;
  /** The word for each document it was done for: `Approved`. */
  done: string;
  /** Whether it needs a reason, which is one for all. */
  reason: boolean;
  documents: readonly Document[];
  /** A sentence if the command was not refused and yet not carried out. */
  send: (document: Document, reason: string) => Promise<string | null>;
}

interface Outcome {
  document: Subject;
  refused: string | null;
}

/**
 * Sends a command for one document after the other, and says for each what became of it: each is a transaction of its
 * own, so that one refusal stops no other. It can be stopped between two of them.
 */
export function CommandForManyDialog<Document extends Subject>({
  command,
  onClose,
}: {
  command: CommandForMany<Document>;
  /** `sent`: it was given, for some or for all. */
  onClose: (sent: boolean) => void;
}) {
  const [reason, setReason] = useState('');
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const stopped = useRef(false);
  const { documents } = command;
  // One change for all of them: what the screens show is read again once, at its end.
  const run = useMutation({
    mutationFn: async () => {
      const so: Outcome[] = [];
      for (const document of documents) {
        if (stopped.current) break;
        so.push({ document, refused: await refusalOf(() => command.send(document, reason.trim())) });
        setOutcomes([...so]);
      }
    },
    meta: { tells: true },
  });
  const ready = !command.reason || reason.trim() !== '';
  const leave = () => {
    if (run.isPending) stopped.current = true;
    else onClose(!run.isIdle);
  };
  const send = () => {
    if (ready && run.isIdle) run.mutate();
  };
  const done = outcomes.filter(({ refused }) => refused === null).length;
  const left = documents.length - outcomes.length;
  return (
    <Modal opened onClose={leave} title={command.title} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Stack gap="sm">
          {run.isIdle ? (
            <>
              <Text size="sm">{command.text}</Text>
              {command.reason ? (
                <ReasonField data-autofocus value={reason} onType={setReason} onConfirm={send} />
              ) : null}
            </>
          ) : (
            <>
              <Text size="sm" role="status">
                {t`${command.done}: ${String(done)} of ${String(documents.length)}.`}{' '}
                {!run.isPending && left > 0
                  ? plural(left, { one: '# was left as it is.', other: '# were left as they are.' })
                  : ''}
              </Text>
              <Progress
                aria-label={command.title}
                value={(100 * outcomes.length) / documents.length}
                size="sm"
              />
              <ul className={classes.outcomes}>
                {outcomes.map(({ document, refused }) => (
                  <li key={document.id}>
                    <StatusBadge tone={refused === null ? 'good' : 'bad'}>{document.number}</StatusBadge>
                    <span>{refused ?? command.done}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
          <Group justify="flex-end" gap="xs" mt="xs">
            {run.isIdle ? (
              <>
                <Button variant="default" onClick={leave}>{t`Back`}</Button>
                <Button type="submit" disabled={!ready} data-autofocus={command.reason ? undefined : true}>
                  {command.label}
                </Button>
              </>
            ) : (
              <Button variant="default" onClick={leave} ref={(button) => button?.focus()}>
                {run.isPending ? t`Stop` : t`Close`}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** The reason it was not done, in words; null if it was. */
async function refusalOf(send: () => Promise<string | null>): Promise<string | null> {
  try {
    return await send();
  } catch (error) {
    const { title, detail } = commandWords(error);
    return `${title}. ${detail}`;
  }
}
