import { t } from '@lingui/core/macro';
import { Button, Group, Modal } from '@mantine/core';
import { deviceWords } from '../../lib/device-words.ts';
import type { AdminSession } from '../../../server/admin/sessions/sessions.contract.ts';
import { useMe } from '../../lib/services.tsx';
import { AppLink } from '../../ui/AppLink.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Code } from '../../ui/Figures.tsx';
import { formatInstant } from '../../ui/moments.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { adminPaths } from '../admin-paths.ts';
import { sessionState } from './session-words.ts';

/** One session in full, and the way to end all of its person's. */
export function SessionDetails({
  session,
  covered,
  onClose,
  onSignOut,
}: {
  session: AdminSession | null;
  /** Another dialogue lies on top: Escape is meant for that one. */
  covered: boolean;
  onClose: () => void;
  onSignOut: (session: AdminSession) => void;
}) {
  return (
    <Modal
      opened={session !== null}
      onClose={onClose}
      closeOnEscape={!covered}
      trapFocus={!covered}
      size="lg"
      title={session?.email ?? ''}
    >
      {session ? <Body session={session} onClose={onClose} onSignOut={onSignOut} /> : null}
    </Modal>
  );
}

function Body({
  session,
  onClose,
  onSignOut,
}: {
  session: AdminSession;
  onClose: () => void;
  onSignOut: (session: AdminSession) => void;
}) {
  const me = useMe();
  return (
    <>
      <Facts
        columns={1}
        items={[
          {
            label: t`Organisation`,
            value: session.tenantId ? (
              <AppLink to={adminPaths.tenant(session.tenantId)}>
                {session.tenantName ?? session.tenantId}
              </AppLink>
            ) : (
              t`Platform`
            ),
          },
          {
            label: t`State`,
            value: (
              <StatusBadge tone={sessionState(session).tone}>
                {session.revokedAt
                  ? t`Ended ${formatInstant(session.revokedAt)}`
                  : sessionState(session).label}
              </StatusBadge>
            ),
          },
          { label: t`Device`, value: session.device && deviceWords(session.device) },
          { label: t`Address`, value: <Code>{session.ip}</Code> },
          { label: t`Signed in`, value: formatInstant(session.createdAt) },
          { label: t`Last seen`, value: formatInstant(session.lastActivityAt) },
          { label: t`Expires`, value: formatInstant(session.expiresAt) },
          { label: t`Session`, value: <Code>{session.jti}</Code> },
          {
            label: t`See also`,
            value: (
              <Group gap="md">
                <AppLink
                  to={adminPaths.sessionsOfPerson(session.email)}
                  onClick={onClose}
                >{t`All sessions of this person`}</AppLink>
                <AppLink to={adminPaths.auditBy(session.userId)}>{t`What this person did`}</AppLink>
              </Group>
            ),
          },
        ]}
      />
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose}>{t`Back`}</Button>
        {session.userId === me.user.id || !sessionState(session).isOpen ? null : (
          <Button
            variant="outline"
            color="red"
            onClick={() => {
              onSignOut(session);
            }}
          >{t`Sign out everywhere`}</Button>
        )}
      </Group>
    </>
  );
}
