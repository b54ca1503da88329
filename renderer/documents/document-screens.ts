import type { Icon } from '@tabler/icons-react';
import type { DocumentKind } from '../../server/documents/document-kind.contract.ts';
import type { StateWords } from '../ui/StatusBadge.tsx';
import type { ScreenRoute } from '../lib/screen-routes.ts';

/** The parts of the app's map that documents stand in. */
export type DocumentArea = 'purchasing' | 'sales' | 'stock';

/** The screens' description of one kind of document; routes, map, palette and audit trail are made from it. */
export interface DocumentScreens {
  kind: DocumentKind<string, never>;
  /** The name of one document, at the beginning of a line. */
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
