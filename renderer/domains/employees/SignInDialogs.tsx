import { t } from '@lingui/core/macro';
import { Button, Group, Modal, PasswordInput, Radio, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import {
  linkSignInSchema,
  type Employee,
  type LinkedEmployee,
} from '../../../server/domains/employees/employees.contract.ts';
import { wordsOf } from '../../lib/error-words.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ProblemNote } from '../../ui/States.tsx';

interface DialogProps {
  employee: Employee;
  onClose: () => void;
}

/** Gives an employee a sign-in: by invitation, or with a first password handed over in person. */
export function LinkSignInDialog({ employee, onClose }: DialogProps) {
  const trpc = useTRPC();
  const link = useMutation(trpc.employees.linkSignIn.mutationOptions());
  const [how, setHow] = useState('invitation');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const words = link.error ? wordsOf(link.error) : null;

  function save() {
    const input = linkSignInSchema.safeParse({
      id: employee.id,
      version: employee.version,
      ...(how === 'password' ? { password } : {}),
    });
    if (!input.success) {
      setError(t`At least ten characters, at most 72; a letter outside English counts as two to four`);
      return;
    }
    setError(null);
    link.mutate(input.data, {
      onSuccess: ({ signInGiven }) => {
        if (signInGiven === 'proof') {
          setAsked(true);
          return;
        }
        notifyDone(t`Sign-in given`, wordsOfGiven(signInGiven, employee));
        onClose();
      },
    });
  }

  if (asked)
    return <ProofAskedDialog employee={employee} tookNoPassword={how === 'password'} onClose={onClose} />;

  return (
    <Modal opened onClose={onClose} title={t`Sign-in for ${employee.name}`}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack gap="sm">
          {words ? <ProblemNote title={words.title} detail={words.detail} /> : null}
          <Text size="sm">{t`They sign in as ${employee.email}. What they may do is decided by their roles.`}</Text>
          <Radio.Group value={how} onChange={setHow} label={t`How do they start?`}>
            <Stack gap={8} mt={6}>
              <Radio size="xs" value="invitation" label={t`By an invitation sent to that address`} />
              <Radio size="xs" value="password" label={t`With a first password that I give them`} />
            </Stack>
          </Radio.Group>
          {how === 'password' ? (
            <PasswordInput
              label={t`First password`}
              description={t`At least ten characters. They must change it before they can work.`}
              autoComplete="new-password"
              data-autofocus
              value={password}
              error={error}
              onChange={(event) => {
                setPassword(event.currentTarget.value);
              }}
            />
          ) : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t({ message: 'Cancel', context: 'a form' })}
            </Button>
            <Button type="submit" loading={link.isPending}>
              {how === 'password' ? t`Give sign-in` : t`Send invitation`}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function wordsOfGiven(given: LinkedEmployee['signInGiven'], { name, email }: Employee): string {
  switch (given) {
    case 'password':
      return t`${name} can sign in now and must change the password first.`;
    case 'invitation':
      return t`An invitation was sent to ${email}.`;
    default:
      return t`${name} can sign in as before.`;
  }
}

interface ProofAskedProps extends DialogProps {
  tookNoPassword: boolean;
}

/** The address belongs to an existing account: its owner must answer the mail before being let in. */
function ProofAskedDialog({ employee, tookNoPassword, onClose }: ProofAskedProps) {
  return (
    <Modal opened onClose={onClose} title={t`${employee.name} has to confirm it`}>
      <Stack gap="sm">
        <Text size="sm">{t`${employee.email} has an account already. A mail with a link and a code was sent there; ${employee.name} gets in by signing in with it, and not before.`}</Text>
        {tookNoPassword ? (
          <Text size="sm">{t`The password you gave was not taken: only the account’s owner sets one.`}</Text>
        ) : null}
        <Group justify="flex-end">
          <Button onClick={onClose} data-autofocus>{t`Close`}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** For a lost phone: the authenticator no longer counts, and the person sets a new one up at the next sign-in. */
export function ResetSecondStepDialog({ employee, onClose }: DialogProps) {
  const trpc = useTRPC();
  const reset = useMutation(trpc.employees.resetSecondFactor.mutationOptions());
  return (
    <ConfirmDialog
      opened
      danger
      onClose={onClose}
      title={t`Reset the second step of ${employee.name}`}
      confirmLabel={t`Reset second step`}
      busy={reset.isPending}
      problem={reset.error ? wordsOf(reset.error) : null}
      onConfirm={() => {
        reset.mutate(
          { id: employee.id, version: employee.version },
          {
            onSuccess: () => {
              notifyDone(t`Second step reset`, employee.name);
              onClose();
            },
          },
        );
      }}
    >{t`Make sure that the request really comes from them: until a new authenticator is set up, their password alone is enough to sign in. They are signed out everywhere at once.`}</ConfirmDialog>
  );
}

/** For a lost computer: every session ends at once, and the person may sign in again. */
export function SignOutDialog({ employee, onClose }: DialogProps) {
  const trpc = useTRPC();
  const signOut = useMutation(trpc.employees.signOut.mutationOptions());
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t`Sign ${employee.name} out everywhere`}
      confirmLabel={t`Sign out everywhere`}
      busy={signOut.isPending}
      problem={signOut.error ? wordsOf(signOut.error) : null}
      onConfirm={() => {
        signOut.mutate(
          { id: employee.id, version: employee.version },
          {
            onSuccess: () => {
              notifyDone(t`Signed out everywhere`, employee.name);
              onClose();
            },
          },
        );
      }}
    >{t`Every computer they are signed in on asks for their password again. What they had typed there is kept as a draft.`}</ConfirmDialog>
  );
}

/** Takes the sign-in away: all sessions end at once, the employee's record stays. */
export function UnlinkSignInDialog({ employee, onClose }: DialogProps) {
  const trpc = useTRPC();
  const unlink = useMutation(trpc.employees.unlinkSignIn.mutationOptions());
  return (
    <ConfirmDialog
      opened
      danger
      onClose={onClose}
      title={t`Take away the sign-in of ${employee.name}`}
      confirmLabel={t`Take away sign-in`}
      busy={unlink.isPending}
      problem={unlink.error ? wordsOf(unlink.error) : null}
      onConfirm={() => {
        unlink.mutate(
          { id: employee.id, version: employee.version },
          {
            onSuccess: () => {
              notifyDone(t`Sign-in taken away`, employee.name);
              onClose();
            },
          },
        );
      }}
    >{t`They are signed out everywhere at once. An account that was made here goes, with its password and its authenticator. Their record, and everything they did, stays.`}</ConfirmDialog>
  );
}
