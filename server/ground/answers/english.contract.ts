/** The sentences of the API's answers in the language of their reader, as ICU messages. */
export const english = {
  'order.total_rose': 'The total has risen since it was submitted. Look at it again.',
  'order.revised': 'Revised: {note}',
} as const;
