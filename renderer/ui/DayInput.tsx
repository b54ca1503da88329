import { t } from '@lingui/core/macro';
import '@mantine/dates/styles.css';
import { ActionIcon, Popover, TextInput } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { IconCalendar, IconX } from '@tabler/icons-react';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import classes from './DayInput.module.css';
import { today } from '../../server/ground/days.contract.ts';
import { calendarLocale, formatDay } from './moments.ts';
import { isDay, readDay, unreadableDay, type DayDirection } from './typed-day.ts';

export interface DayInputProps {
  label?: ReactNode;
  'aria-label'?: string;
  description?: ReactNode;
  placeholder?: string;
  required?: boolean;
  disabled?: boolean;
  /** In pixels, or in CSS. */
  width?: number | string;
  error?: ReactNode;
  /** `YYYY-MM-DD`, empty for none, or a text that can't be read: it stays in the field, which says so. */
  value: string;
  onChange: (value: string) => void;
  /** `typing`: a form takes the text at every key. `leaving`: a filter waits until the field is left. */
  tell: 'typing' | 'leaving';
  direction: DayDirection;
  /** A button that empties the field, for the mouse. */
  emptied?: boolean;
  onBlur?: (() => void) | undefined;
  /** For grids: marks the input so that the arrows find it. */
  inputProps?: Record<string, string | number | undefined>;
}

const calendarNames = {
  previousMonth: t`Month before`,
  nextMonth: t`Month after`,
  previousYear: t`Year before`,
  nextYear: t`Year after`,
  previousDecade: t`Ten years before`,
  nextDecade: t`Ten years after`,
};

/** Escape closes the calendar and not the dialogue around it. */
const keepsEscape = () => ({ 'data-mantine-stop-propagation': true });

/**
 * A day by the keyboard, with a calendar beside it (Alt+↓). It is read while it is typed and written out on leaving; a
 * text that can't be read stays as typed, with a message, and never becomes another day.
 */
export function DayInput(props: DayInputProps) {
  const { value, onChange, tell, direction } = props;
  /** The text in the field while it differs from the value written out. */
  const [typed, setTyped] = useState<string | null>(null);
  const [focused, setFocused] = useState(false);
  const [calendar, setCalendar] = useState(false);

  const written = isDay(value) ? formatDay(value) : value;
  const shown = typed ?? written;
  const read = (text: string) => (text.trim() === '' ? '' : (readDay(text, today(), direction) ?? text));
  const unreadable = shown.trim() !== '' && !isDay(read(shown));

  function type(text: string) {
    setTyped(text);
    if (tell === 'typing') onChange(read(text));
    else if (text === '') onChange('');
  }

  /** Writes out what was typed, as soon as the person is done with it. */
  function settle() {
    if (typed === null) return;
    const day = read(typed);
    if (day !== '' && !isDay(day)) return;
    setTyped(null);
    if (day !== value) onChange(day);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') settle();
    else if (event.key === 'ArrowDown' && event.altKey) {
      event.preventDefault();
      setCalendar(true);
    }
  }

  function choose(day: string) {
    setTyped(null);
    onChange(day);
    setCalendar(false);
  }

  const mayEmpty = props.emptied && shown !== '';

  return (
    <Popover
      opened={calendar}
      onChange={setCalendar}
      position="bottom-start"
      trapFocus
      returnFocus
      withRoles={false}
      middlewares={{ flip: true, shift: true }}
    >
      <Popover.Target>
        <TextInput
          {...props.inputProps}
          w={props.width}
          label={props.label}
          aria-label={props['aria-label']}
          description={props.description}
          placeholder={props.placeholder ?? t`DD MMM YYYY`}
          required={props.required ?? false}
          disabled={props.disabled ?? false}
          error={unreadable && (!focused || props.error) ? unreadableDay : props.error}
          data-typed="day"
          autoComplete="off"
          spellCheck={false}
          value={shown}
          onChange={(event) => {
            type(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
          onFocus={(event) => {
            setFocused(true);
            event.currentTarget.select();
          }}
          onBlur={() => {
            setFocused(false);
            settle();
            props.onBlur?.();
          }}
          rightSectionWidth={mayEmpty ? 50 : 30}
          rightSection={
            <span className={classes.buttons}>
              {mayEmpty ? (
                <FieldButton
                  label={t`Clear the field`}
                  onPress={() => {
                    setTyped(null);
                    onChange('');
                  }}
                >
                  <IconX size={13} />
                </FieldButton>
              ) : null}
              <FieldButton
                label={t`Calendar`}
                disabled={props.disabled ?? false}
                onPress={() => {
                  setCalendar((open) => !open);
                }}
              >
                <IconCalendar size={15} />
              </FieldButton>
            </span>
          }
        />
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t`Calendar`}>
        <DatePicker
          locale={calendarLocale}
          firstDayOfWeek={1}
          hideOutsideDates
          defaultDate={isDay(value) ? value : today()}
          value={isDay(value) ? value : null}
          onChange={(day) => {
            if (day) choose(day);
          }}
          ariaLabels={calendarNames}
          getDayProps={keepsEscape}
          getMonthControlProps={keepsEscape}
          getYearControlProps={keepsEscape}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

/** A button for the mouse inside a field: it takes no focus and is no Tab stop. */
function FieldButton({
  label,
  onPress,
  disabled = false,
  children,
}: {
  label: string;
  onPress: () => void;
  disabled?: boolean;
  children: ReactNode;
}) {
  return (
    <ActionIcon
      className={classes.button ?? ''}
      size={22}
      tabIndex={-1}
      aria-label={label}
      title={label}
      disabled={disabled}
      onMouseDown={(event) => {
        event.preventDefault();
      }}
      onClick={onPress}
    >
      {children}
    </ActionIcon>
  );
}
