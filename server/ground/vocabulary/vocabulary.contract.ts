import type { Language } from '../languages.contract.ts';

/** A word or a sentence in every language. */
export type Term<English extends string = string> = Readonly<Record<Language, string>> & {
  readonly en: English;
};

export const term = <const English extends string>(en: English, hi: string): Term<English> => ({ en, hi });

export const builtInRoles = ['owner', 'admin', 'buyer', 'approver', 'warehouse', 'sales', 'viewer'] as const;
export type BuiltInRole = (typeof builtInRoles)[number];

/** How a permission or its resource is named in lists, at the beginning of a line, and within a sentence. */
export interface ListedWords {
  readonly label: Term;
  readonly within: Term;
}

/**
 * One thing that somebody is there to do: the words that promise it, everything that doing it takes, and the built-in
 * roles that have it. Owners have every duty, administrators all but those `forOwners`.
 */
export interface Duty {
  readonly words: Term;
  readonly needs: readonly string[];
  readonly roles: readonly Exclude<BuiltInRole, 'owner' | 'admin'>[];
  readonly forOwners?: true;
}

/**
 * A domain's additions to the closed lists of the house: rights, refusals, and the words of its kinds, in
 * `<d>.vocabulary.contract.ts` of this folder. It is data and knows nothing of the domain; every floor reads these
 * lists.
 */
export interface Vocabulary {
  /** Its place among the others wherever people see their contents in a row: the matrix of permissions, the duties. */
  readonly place: number;
  /** The halves of permissions before the colon. */
  readonly resources?: Readonly<Record<string, ListedWords>>;
  /** Its permissions, as `resource:action`. */
  readonly permissions?: Readonly<Record<`${string}:${string}`, ListedWords>>;
  /** Each permission belongs to a duty: roles are made of duties. */
  readonly duties?: Readonly<Record<string, Duty>>;
  /** Its kinds of records, their states and commands, as they are named in a sentence. */
  readonly kinds?: Readonly<Record<string, Term>>;
  readonly states?: Readonly<Record<string, Term>>;
  readonly commands?: Readonly<Record<string, Term>>;
  /**
   * The documents behind its movements of goods. A movement can be undone alone if it is all that its document did; any
   * other is one part of a document's work, and is undone together with it.
   */
  readonly movements?: Readonly<Record<string, { readonly undone: 'alone' | 'with its document' }>>;
  /** The refusals of its services, as ICU messages. */
  readonly reasons?: Readonly<Record<`${string}.${string}`, Term>>;
}

const listed = (label: Term, within: Term): ListedWords => ({ label, within });

/** The usual actions on most kinds of records. */
export const see = listed(term('See', 'देखें'), term('read', 'देखना'));
export const add = listed(term('Add', 'जोड़ें'), term('create', 'बनाना'));
export const change = listed(term('Change', 'बदलें'), term('update', 'बदलना'));
export const manage = listed(term('Manage', 'सँभालें'), term('manage', 'सँभालना'));
export const close = listed(term('Close', 'बंद करें'), term('close', 'बंद करना'));
export const cancel = listed(term('Cancel', 'रद्द करें'), term('cancel', 'रद्द करना'));
export const backdate = listed(
  term('Date before the order', 'ऑर्डर से पहले की तारीख डालें'),
  term('backdate', 'पीछे की तारीख डालना'),
);
