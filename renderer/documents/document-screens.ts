import type { Icon } from '@tabler/icons-react';
import type { DocumentKind } from '../../server/documents/document-kind.contract.ts';
import type { StateWords } from '../ui/StatusBadge.tsx';
import type { ScreenRoute } from '../lib/screen-routes.ts';

/** The parts of the app's map that documents stand in. */
export type DocumentArea = 'purchasing' | 'sales' | 'stock';

/** What the app tells of one kind of document; its routes, map, palette and audit trail are made of it. */
export interface DocumentScreens {
  kind: DocumentKind<string, never>;
  /** What a person calls one of them, at the beginning of a line. */
  word: string;
  /** A word for every state the document can be in. */
  states: Readonly<Record<string, StateWords>>;
  routes: readonly ScreenRoute[];
  /** Where the list stands in the app's map; `g`, then `jump`, leads there. */
  place: { area: DocumentArea; label: string; icon: Icon; jump: string; create: string };
}

/** Gives the description its type: a word is asked for of every state that the kind can be in. */
export function documentScreens<Status extends string>(
  screens: Omit<DocumentScreens, 'kind' | 'states'> & {
    kind: DocumentKind<Status, never>;
    states: Readonly<Record<NoInfer<Status>, StateWords>>;
  },
): DocumentScreens {
  return screens;
}
