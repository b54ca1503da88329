import { t } from '@lingui/core/macro';
import { InputBase, Loader, Popover } from '@mantine/core';
import { IconSelector } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import classes from './RecordSelect.module.css';
import { useRecordChoice, type ChoiceSource, type SelectOption } from './use-record-choice.ts';

export type { SelectOption };

export interface RecordSelectProps<Data> {
  label?: ReactNode;
  'aria-label'?: string;
  description?: ReactNode;
  placeholder?: string;
  required?: boolean;
  disabled?: boolean;
  error?: ReactNode;
  source: ChoiceSource<Data>;
  value: string | null;
  /** What the field shows for `value` (it was chosen on an earlier screen). */
  valueLabel?: string | null;
  /** While nothing is chosen: a text that asks for a record, pasted into the field. */
  asked?: string;
  /** A record was chosen, perhaps a while after the person went on; null when the field was emptied. */
  onChange: (id: string | null, option: SelectOption<Data> | null) => void;
  /** The person is done here, by Enter or a press on an option: the moment to go on to the next field. */
  onDone?: () => void;
  onBlur?: () => void;
  clearable?: boolean;
  autoFocus?: boolean;
  /** For grids: marks the input so that arrows find it; the list then opens by typing, a press or Alt+↓. */
  inputProps?: Record<string, string | number | undefined>;
}

/**
 * Choosing a record by typing, as a combobox of the ARIA pattern. Nothing typed is lost: Enter and Tab take the best
 * hit for what was typed, also when its answer comes later than the person goes on; an exact code wins over every other
 * hit. A text that finds no record stays, and the field says so.
 */
export function RecordSelect<Data>(props: RecordSelectProps<Data>) {
  const { source, value, valueLabel, onChange } = props;
  const [opened, setOpened] = useState(false);
  const [chosenLabel, setChosenLabel] = useState<{ id: string; label: string } | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
  const inGrid = props.inputProps?.['data-column'] !== undefined;
  const choice = useRecordChoice({
    source,
    field,
    opened,
    standing: value === null ? (props.asked ?? '') : '',
    onChoose: (option) => {
      setChosenLabel({ id: option.id, label: option.label });
      onChange(option.id, option);
    },
  });
  const { typed, active } = choice;
  const optionId = (index: number) => `${listId}-${String(index)}`;

  const label = chosenLabel?.id === value ? chosenLabel.label : (valueLabel ?? '');
  const shown = typed ?? (value === null ? (props.asked ?? '') : label);

  // A person who types over a chosen record means another one.
  useEffect(() => {
    if (typed === null && field.current === document.activeElement) field.current?.select();
  }, [typed, shown]);
  useEffect(() => {
    if (active >= 0) list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  /** The choice is made now or once its answer is here; the keyboard goes on at once. */
  function take() {
    void choice.settle('take');
    setOpened(false);
    if (props.onDone) props.onDone();
    else field.current?.select();
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    const arrow = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (arrow !== 0) {
      if (!opened && inGrid && !event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      if (opened) choice.move(arrow);
      else setOpened(true);
    } else if (event.key === 'Enter') {
      const option = opened && typed === null ? choice.options[active] : undefined;
      if (!choice.isTyping && !option) return;
      // What was typed asks for a record: it must neither send the form nor start a new line.
      event.preventDefault();
      event.stopPropagation();
      if (option) choice.choose(option);
      take();
    } else if (event.key === 'Tab') {
      if (choice.isTyping) void choice.settle('take');
      setOpened(false);
    } else if (event.key === 'Escape' && (opened || typed !== null)) {
      event.stopPropagation();
      choice.reset();
      setOpened(false);
    }
  }

  return (
    <Popover
      opened={opened}
      position="bottom-start"
      width="max-content"
      withRoles={false}
      middlewares={{ flip: true, shift: true }}
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <InputBase
          {...props.inputProps}
          ref={field}
          label={props.label}
          aria-label={props['aria-label']}
          description={props.description}
          placeholder={props.placeholder ?? t`Type to search`}
          required={props.required ?? false}
          disabled={props.disabled ?? false}
          error={choice.words ?? props.error}
          autoFocus={props.autoFocus ?? false}
          data-autofocus={props.autoFocus || undefined}
          data-typed="record"
          data-mantine-stop-propagation={opened || undefined}
          role="combobox"
          aria-haspopup="listbox"
          aria-autocomplete="list"
          aria-expanded={opened}
          aria-controls={opened ? listId : undefined}
          aria-activedescendant={opened && active >= 0 ? optionId(active) : undefined}
          aria-busy={choice.waiting || undefined}
          autoComplete="off"
          spellCheck={false}
          value={shown}
          onKeyDown={onKeyDown}
          onFocus={(event) => {
            event.currentTarget.select();
          }}
          onClick={() => {
            setOpened(true);
          }}
          onChange={(event) => {
            const text = event.currentTarget.value;
            choice.type(text);
            setOpened(true);
            if (text === '' && props.clearable) onChange(null, null);
          }}
          onBlur={() => {
            setOpened(false);
            if (!choice.isTyping) choice.reset();
            else if (!choice.waiting) void choice.settle('leave');
            props.onBlur?.();
          }}
          rightSection={
            choice.isSearching ? (
              <Loader size={14} />
            ) : (
              <IconSelector size={14} className={classes.chevron} aria-hidden="true" />
            )
          }
          rightSectionPointerEvents="none"
        />
      </Popover.Target>
      <Popover.Dropdown
        className={classes.dropdown ?? ''}
        onMouseDown={(event) => {
          event.preventDefault();
        }}
      >
        <div
          ref={list}
          id={listId}
          role="listbox"
          aria-label={props['aria-label'] ?? (typeof props.label === 'string' ? props.label : t`Choices`)}
          className={classes.options}
        >
          {choice.options.map((option, index) => (
            <div
              key={option.id}
              id={optionId(index)}
              role="option"
              aria-selected={index === active}
              className={classes.option}
              data-chosen={option.id === value || undefined}
              data-stale={!choice.isCurrent || undefined}
              onClick={() => {
                choice.choose(option);
                take();
              }}
            >
              {option.code ? <span className={classes.code}>{option.code}</span> : null}
              <span>{option.label}</span>
              {option.detail ? <span className={classes.detail}>{option.detail}</span> : null}
            </div>
          ))}
        </div>
        {choice.options.length === 0 ? (
          <div className={classes.empty} role="status">
            {choice.isSearching
              ? t`Searching…`
              : choice.isError
                ? t`The list could not be read. Type again to retry.`
                : choice.asked.trim() === ''
                  ? source.none
                  : t`Nothing found for “${choice.asked}”`}
          </div>
        ) : null}
      </Popover.Dropdown>
    </Popover>
  );
}
