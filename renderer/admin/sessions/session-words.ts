import { t } from '@lingui/core/macro';
import type { AdminSession } from '../../../server/admin/sessions/sessions.contract.ts';
import { formatRecent } from '../../ui/moments.ts';
import type { Tone } from '../../ui/StatusBadge.tsx';

/** The state of a session: open, signed out, or expired. */
export function sessionState(session: AdminSession): { label: string; tone: Tone; isOpen: boolean } {
  if (session.revokedAt)
    return {
      label: t`Ended ${formatRecent(session.revokedAt)}`,
      tone: 'bad',
      isOpen: false,
    };
  if (Date.parse(session.expiresAt) < Date.now())
    return { label: t`Expired`, tone: 'neutral', isOpen: false };
  return { label: t`Open`, tone: 'good', isOpen: true };
}

export const shows = ['open', 'ended', 'all'] as const;
export type Show = (typeof shows)[number];

export const showWords: Readonly<Record<Show, string>> = {
  open: t`Open`,
  ended: t`Ended`,
  all: t`Open and ended`,
};
