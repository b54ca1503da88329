import { TextInput, type TextInputProps } from '@mantine/core';
import type { FocusEvent } from 'react';

/**
 * The props of an input for a number that others assigned and that is often scanned: a lot, a delivery note, a
 * tracking number. A scanned code stays in the field; focus selects the old content, so that the code replaces it.
 */
export const referenceTyping = {
  inputMode: 'text',
  autoComplete: 'off',
  'data-typed': 'reference',
  onFocus(event: FocusEvent<HTMLInputElement>) {
    event.currentTarget.select();
  },
} as const;

/** A field for a number that others assigned. */
export function ReferenceField({ onFocus, ...props }: TextInputProps) {
  return (
    <TextInput
      {...props}
      {...referenceTyping}
      onFocus={(event) => {
        referenceTyping.onFocus(event);
        onFocus?.(event);
      }}
    />
  );
}
