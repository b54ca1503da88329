import { z } from 'zod';

/** Why an order waits for an approval again, as the system says it; a person's own reason has no code. */
const statusReasonCodes = ['total_rose', 'revised'] as const;
export const statusReasonCodeSchema = z.enum(statusReasonCodes);
export type StatusReasonCode = (typeof statusReasonCodes)[number];

/** A reason of the system's, a person's own words, or both. */
export interface StatusReason {
  code: StatusReasonCode | null;
  note: string | null;
}

// How both were kept in one text, before there were codes and where the schema is a version older.
const earlierSentence = 'The total rose since it was submitted: look at it again.';
const earlierPrefix = 'Revised: ';

/** A reason as one text, for a schema that has no room for its code. */
export function earlierText({ code, note }: StatusReason): string | null {
  switch (code) {
    case 'total_rose':
      return earlierSentence;
    case 'revised':
      return `${earlierPrefix}${note ?? ''}`;
    case null:
      return note;
  }
}

/** Reads such a text. An order that waits for its approval never has only a person's own words, so none pass for these. */
export function earlierReason(text: string): StatusReason {
  if (text === earlierSentence) return { code: 'total_rose', note: null };
  if (text.startsWith(earlierPrefix)) return { code: 'revised', note: text.slice(earlierPrefix.length) };
  return { code: null, note: text };
}
