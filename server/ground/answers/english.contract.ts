/** What an answer of the API says in the language of its reader, as ICU messages. */
export const english = {
  'order.total_rose': 'The total has risen since it was submitted. Look at it again.',
  'order.revised': 'Revised: {note}',
} as const;
