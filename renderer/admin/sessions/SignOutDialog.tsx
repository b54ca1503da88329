import { plural, t } from '@lingui/core/macro';
import type { AdminSession } from '../../../server/admin/sessions/sessions.contract.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { useTRPCClient } from '../../lib/services.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { useOperatorCommand } from '../lib/operator-command.ts';

/** Ends all sessions of a person. */
export function SignOutDialog({
  person,
  onClose,
  onDone,
}: {
  person: AdminSession | null;
  onClose: () => void;
  onDone: () => void;
}) {
  const client = useTRPCClient();
  const command = useOperatorCommand(
    ({ userId, reason }: { userId: string; reason: string }) =>
      client.admin.sessions.revokeUser.mutate({ userId, ...(reason === '' ? {} : { reason }) }),
    ({ revoked }) => {
      notifyDone(plural(revoked, { one: '# session ended', other: '# sessions ended' }), person?.email);
      onDone();
    },
  );
  return (
    <ConfirmDialog
      opened={person !== null}
      onClose={() => {
        command.leave();
        onClose();
      }}
      title={t`Sign out ${person?.email ?? ''}`}
      confirmLabel={t`Sign out everywhere`}
      danger
      reason={{ label: t`Reason, for the audit trail`, required: false, maxLength: 300 }}
      busy={command.busy}
      problem={command.problem}
      onConfirm={(reason) => {
        if (person) command.run({ userId: person.userId, reason });
      }}
    >{t`All open sessions of this person end now, on every device and every server. What they had typed stays as a draft on their computer. They can sign in again; to keep them out, their organisation takes their sign-in away.`}</ConfirmDialog>
  );
}
