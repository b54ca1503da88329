import { t } from '@lingui/core/macro';
import { TimePicker } from '@mantine/dates';
import { useState } from 'react';
import { DayInput } from './DayInput.tsx';
import { dayOf, instantOf, timeOf } from './moments.ts';
import classes from './DayRange.module.css';

/** A moment up to now, as a day and a time by the company’s clock; the value is an instant. */
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
  const [shownDay, shownTime] = [dayOf(value), timeOf(value)];

  function take(day: string, time: string) {
    const chosen = instantOf(day, time);
    if (chosen === null) return;
    const isAhead = Date.parse(chosen) > Date.now();
    setFuture(isAhead);
    if (!isAhead) onChange(chosen);
  }

  return (
    <span className={classes.range}>
      <DayInput
        width={148}
        aria-label={t`${name}, day`}
        value={shownDay}
        error={future ? t`This day is still to come: choose an earlier one.` : undefined}
        onChange={(day) => {
          take(day, shownTime);
        }}
        tell="leaving"
        direction="behind"
      />
      <TimePicker
        format="24h"
        hoursInputLabel={t`${name}, hours`}
        minutesInputLabel={t`${name}, minutes`}
        value={shownTime}
        onChange={(time) => {
          take(shownDay, time);
        }}
      />
    </span>
  );
}
