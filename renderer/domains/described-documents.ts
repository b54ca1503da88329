import type { DocumentScreens } from '../documents/document-screens.ts';

/** The screens of every kind of document: each domain that has one exports them as `screens` from its `.screens.ts`. */
export const describedDocuments: readonly DocumentScreens[] = Object.values(
  import.meta.glob<DocumentScreens>('./*/*.screens.ts', { eager: true, import: 'screens' }),
);
