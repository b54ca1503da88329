import { t } from '@lingui/core/macro';
import { PinInput } from '@mantine/core';

/** Six digits, one box each. Give it a new `key` to start again after a wrong code, with the cursor in the first box. */
export function CodeField({
  value,
  onChange,
  onComplete,
}: {
  value: string;
  onChange: (value: string) => void;
  onComplete?: (value: string) => void;
}) {
  return (
    <PinInput
      length={6}
      type="number"
      oneTimeCode
      autoFocus
      data-autofocus
      aria-label={t`Code`}
      ariaLabel={t`Digit`}
      value={value}
      onChange={onChange}
      {...(onComplete && { onComplete })}
    />
  );
}
