export interface LockHolder extends Record<string, unknown> {
  pid: number;
  startedAt?: string;
}

export function acquireLock(
  file: string,
  details?: Record<string, unknown>,
): { acquired: true; release: () => void } | { acquired: false; holder: LockHolder };

export function isAlive(holder: { pid: number; startedAt?: string }): boolean;

export function startTimeOf(pid: number): string;
