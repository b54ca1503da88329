import { t } from '@lingui/core/macro';
import { TextInput } from '@mantine/core';
import dayjs from 'dayjs';
import { useState } from 'react';
import { DayInput } from './DayInput.tsx';
import classes from './DayRange.module.css';

/** A moment up to now, as a day and a time of the reader's zone; the value is an instant. */
export function MomentInput({
  name,
  value,
  onChange,
}: {
  name: string;
  value: string;
  onChange: (instant: string) => void;
}) {
  const [future, setFuture] = useState(false);
  const at = dayjs(value);

  function take(day: string, time: string) {
    const chosen = dayjs(`${day}T${time}`);
    if (!chosen.isValid()) return;
    setFuture(chosen.isAfter(dayjs()));
    if (!chosen.isAfter(dayjs())) onChange(chosen.toISOString());
  }

  return (
    <span className={classes.range}>
      <DayInput
        width={148}
        aria-label={t`${name}, day`}
        value={at.format('YYYY-MM-DD')}
        error={future ? t`This day is still to come: choose an earlier one.` : undefined}
        onChange={(day) => {
          take(day, at.format('HH:mm'));
        }}
        tell="leaving"
        direction="behind"
      />
      <TextInput
        w={120}
        type="time"
        aria-label={t`${name}, time`}
        value={at.format('HH:mm')}
        onChange={(event) => {
          take(at.format('YYYY-MM-DD'), event.currentTarget.value);
        }}
      />
    </span>
  );
}
