import { t } from '@lingui/core/macro';
import { useEffect } from 'react';

/** The window's title: what is on the screen first, so that it can be told apart in a task bar. */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    if (title) document.title = t`${title} · Quartermaster`;
  }, [title]);
}
