import type { FindResult } from '../../server/domains/search/search.contract.ts';
import { recordStates } from '../lib/party-words.ts';
import { documentNamed } from './documents.ts';

type Found = FindResult[number];

/** The state of what was found, as its list says it. That a record is in use goes without saying. */
export function foundStateWords({ kind, status }: Found): string {
  const document = documentNamed(kind);
  if (document) return document.states[status]?.label ?? status;
  return status === 'active' ? '' : recordStates[status as keyof typeof recordStates].label;
}
