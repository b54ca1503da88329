import { desktop } from './desktop.ts';

/** The forms of this window with changes that are not saved. */
const changedForms = new Set<object>();

/**
 * Says whether this form has changes that are not saved. The desktop asks before it closes a window while any form of it
 * has some, so a form never speaks for another.
 *
 * @param form the same object each time, of one mounted form
 */
export function markUnsaved(form: object, unsaved: boolean): void {
  if (unsaved) changedForms.add(form);
  else changedForms.delete(form);
  desktop?.app.setUnsavedWork(changedForms.size > 0);
}
