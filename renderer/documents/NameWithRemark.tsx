import type { ReactNode } from 'react';
import scanning from './scanning.module.css';

/**
 * A product's name and below it what there is to say of its count. The room for that is kept from the start: rows stay as
 * high as they are while one scans.
 */
export function NameWithRemark({
  name,
  tone = 'waiting',
  children,
}: {
  name: string;
  tone?: 'good' | 'waiting';
  children: ReactNode;
}) {
  return (
    <span className={scanning.remarked}>
      <span title={name}>{name}</span>
      {children ? (
        <span
          className={tone === 'good' ? scanning.lineDone : scanning.lineNote}
          {...(typeof children === 'string' ? { title: children } : {})}
        >
          {children}
        </span>
      ) : null}
    </span>
  );
}
