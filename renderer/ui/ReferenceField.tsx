import { TextInput, type TextInputProps } from '@mantine/core';
import type { FocusEvent } from 'react';

/**
 * What makes an input one for a number that others gave, and that is often scanned: a lot, a delivery note, a tracking
 * number. What a scanner reads there stays there, and what stood there before is selected, so that it is replaced.
 */
export const referenceTyping = {
  inputMode: 'text',
  autoComplete: 'off',
  'data-typed': 'reference',
  onFocus(event: FocusEvent<HTMLInputElement>) {
    event.currentTarget.select();
  },
} as const;

/** A field for a number that others gave. */
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
