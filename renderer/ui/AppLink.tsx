import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import classes from './AppLink.module.css';
import { useAppHistory } from './use-app-history.ts';

export interface AppLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  /** A path inside the app. */
  to: string;
  /** `plain` keeps the text's own colour; `figure` too, and shows under the pointer that it opens something. */
  look?: 'link' | 'plain' | 'figure';
}

/** A real link inside the app: plain clicks stay in this window, every other click is the browser's. */
export function AppLink({ to, look = 'link', onClick, className, ...rest }: AppLinkProps) {
  const history = useAppHistory();

  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    const special = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
    if (event.defaultPrevented || special) return;
    event.preventDefault();
    history.push(to);
  }

  return (
    <a
      {...rest}
      href={history.createHref(to)}
      onClick={follow}
      className={[classes[look], className].filter(Boolean).join(' ')}
    />
  );
}
