import { storedWords } from '../../../server/control-plane/stored-words.contract.ts';
import { spokenLanguage } from '../../lib/reason-words.ts';

/** What the platform wrote into its records, in the language of this window; a person's or PostgreSQL's own words as they are. */
export function storedRecordText(text: string): string;
export function storedRecordText(text: string | null): string | null;
export function storedRecordText(text: string | null): string | null {
  return text === null ? null : storedWords(text, spokenLanguage());
}
