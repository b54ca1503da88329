/** Puts the focus into the first field that was refused, in a form of the page or in the one given. */
export function focusFirstError(form: ParentNode = document): void {
  // After React has marked the fields.
  setTimeout(() => {
    const wrong = form.querySelector<HTMLElement>('[aria-invalid="true"], [data-error] input');
    wrong?.focus();
    // The focus may have been there all along, while the page was scrolled away from it.
    wrong?.scrollIntoView({ block: 'nearest' });
  }, 30);
}
