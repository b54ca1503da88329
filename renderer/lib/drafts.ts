import { useMemo } from 'react';
import { useMe } from './services.tsx';

interface StoredDraft {
  /** The moment of the last key, ISO 8601. */
  at: string;
  /** The record's version the typing was based on; null for a new record. */
  version: number | null;
  values: Record<string, unknown>;
  /** What the typing started from, for a conflict. */
  base?: Record<string, unknown>;
}

/** Drafts older than this are thrown away: days. */
const keptFor = 30;

export interface DraftStore<Values extends object> {
  read(): { at: string; version: number | null; values: Partial<Values>; base: Partial<Values> } | null;
  write(values: Values, version: number | null, base?: Partial<Values>): void;
  clear(): void;
}

/**
 * Unsaved input of a form, kept on this computer per person and organisation, also through restarts. `secret` fields
 * (bank details, PAN, passwords) are never written: they have to be typed again.
 */
export function draftStore<Values extends object>(
  key: string,
  secret: readonly (keyof Values & string)[],
): DraftStore<Values> {
  return {
    read() {
      try {
        const text = localStorage.getItem(key);
        if (text === null) return null;
        const draft = JSON.parse(text) as StoredDraft;
        const days = (Date.now() - Date.parse(draft.at)) / 86_400_000;
        if (!(days < keptFor) || typeof draft.values !== 'object') {
          localStorage.removeItem(key);
          return null;
        }
        return {
          at: draft.at,
          version: draft.version ?? null,
          values: draft.values as Partial<Values>,
          base: (draft.base ?? {}) as Partial<Values>,
        };
      } catch {
        return null;
      }
    },
    write(values, version, base = {}) {
      const kept = { ...values } as Record<string, unknown>;
      const start = { ...base } as Record<string, unknown>;
      for (const field of secret) {
        delete kept[field];
        delete start[field];
      }
      const draft: StoredDraft = { at: new Date().toISOString(), version, values: kept, base: start };
      try {
        localStorage.setItem(key, JSON.stringify(draft));
      } catch {
        // A full or forbidden storage costs the draft, never the form.
      }
    },
    clear() {
      try {
        localStorage.removeItem(key);
      } catch {
        // As above.
      }
    },
  };
}

/** The draft of one form of the signed-in person: `useDraftStore('vendor:new', ['pan', 'bankDetails'])`. */
export function useDraftStore<Values extends object>(
  form: string,
  secret: readonly (keyof Values & string)[],
): DraftStore<Values> {
  const me = useMe();
  const key = `qm-draft:${me.user.id}:${me.tenant?.id ?? '-'}:${form}`;
  const secrets = secret.join(',');
  return useMemo(
    () => draftStore<Values>(key, secrets === '' ? [] : (secrets.split(',') as (keyof Values & string)[])),
    [key, secrets],
  );
}
