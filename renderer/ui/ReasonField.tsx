import { t } from '@lingui/core/macro';
import { Textarea, type TextareaProps } from '@mantine/core';

export interface ReasonFieldProps extends Pick<TextareaProps, 'maxLength' | 'error'> {
  'data-autofocus'?: boolean;
  label?: string;
  required?: boolean;
  value: string;
  onType: (reason: string) => void;
  /** Ctrl+Enter, since Enter begins a new line. */
  onConfirm?: () => void;
}

/** Why something is done, in a few lines. */
export function ReasonField({ onType, onConfirm, ...field }: ReasonFieldProps) {
  return (
    <Textarea
      label={t`Reason`}
      required
      maxLength={500}
      autosize
      minRows={2}
      {...field}
      onChange={(event) => {
        onType(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onConfirm?.();
      }}
    />
  );
}
