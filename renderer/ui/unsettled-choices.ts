/**
 * Fields whose text still asks for a record: the answer is on its way, or the person has not said which one. A form
 * waits for them before it is sent, so that it never goes with the record from before under another record's name.
 */
export interface UnsettledChoice {
  field: HTMLElement;
  /** Takes what was typed, as Enter would; false when no record came of it (the field says why). */
  settle: () => Promise<boolean>;
}

const unsettled = new Set<UnsettledChoice>();

/** Returns a function that removes the field again. */
export function addUnsettled(choice: UnsettledChoice): () => void {
  unsettled.add(choice);
  return () => {
    unsettled.delete(choice);
  };
}

const inForms = () => [...unsettled].filter(({ field }) => field.closest('form') !== null);

export function hasUnsettledChoices(): boolean {
  return inForms().length > 0;
}

/** Waits for all that was typed in forms. False when a record could not be told: its field has the focus then. */
export async function settleChoices(): Promise<boolean> {
  const choices = inForms();
  const settled = await Promise.all(choices.map(({ settle }) => settle()));
  const open = choices[settled.indexOf(false)];
  open?.field.focus();
  return open === undefined;
}
