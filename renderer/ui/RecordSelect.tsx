import { Combobox, InputBase, Loader, useCombobox } from '@mantine/core';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import classes from './RecordSelect.module.css';

/** One choice; `data` is the row it was made from. */
export interface SelectOption<Data = unknown> {
  id: string;
  label: string;
  code?: string;
  detail?: string;
  data: Data;
}

export interface RecordSelectProps<Data> {
  label?: ReactNode;
  'aria-label'?: string;
  description?: ReactNode;
  placeholder?: string;
  required?: boolean;
  disabled?: boolean;
  error?: ReactNode;
  /** `search` is asked as the person types; `name` names its cache. */
  source: { name: string; search: (text: string) => Promise<SelectOption<Data>[]> };
  value: string | null;
  /** What the field shows for `value` (it was chosen on an earlier screen). */
  valueLabel?: string | null;
  onChange: (id: string | null, option: SelectOption<Data> | null) => void;
  onBlur?: () => void;
  clearable?: boolean;
  autoFocus?: boolean;
  /** For grids: marks the input so that arrows find it. */
  inputProps?: Record<string, string | number | undefined>;
}

const pause = 160;

/**
 * Choosing a record by typing. Nothing typed is lost: Enter before the answer is here takes the first choice as soon
 * as it comes, and leaving the field keeps the record chosen before.
 */
export function RecordSelect<Data>(props: RecordSelectProps<Data>) {
  const { source, value, valueLabel, onChange } = props;
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
    },
  });
  const [typed, setTyped] = useState<string | null>(null);
  const [asked, setAsked] = useState('');
  const [chosenLabel, setChosenLabel] = useState<{ id: string; label: string } | null>(null);
  /** Enter was pressed before the choices were here: what had been typed then. */
  const [waiting, setWaiting] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const queries = useQueryClient();
  // A choice that arrives late must be given to the form as it is by then.
  const latest = useRef({ typed, onChange });
  useEffect(() => {
    latest.current = { typed, onChange };
  });

  const searchFor = (text: string) => ({
    queryKey: ['record-select', source.name, text],
    queryFn: () => source.search(text),
    staleTime: 20_000,
  });
  const query = useQuery({
    ...searchFor(asked),
    enabled: combobox.dropdownOpened || waiting !== null,
    placeholderData: keepPreviousData,
  });
  const options = query.data ?? [];
  const upToDate = !query.isFetching && !query.isPlaceholderData && asked === (typed ?? '').trim();

  // The first choice is marked once it is there: what Enter will take must be seen.
  const isTyping = typed !== null && typed.trim() !== '';
  const { selectFirstOption } = combobox;
  useEffect(() => {
    if (isTyping && upToDate) selectFirstOption();
    // Only when the answer changes: the arrows may have gone on since.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [query.data, isTyping, upToDate]);

  function ask(text: string) {
    clearTimeout(timer.current);
    setAsked(text.trim());
  }

  function choose(option: SelectOption<Data>) {
    setChosenLabel({ id: option.id, label: option.label });
    setTyped(null);
    setWaiting(null);
    ask('');
    latest.current.onChange(option.id, option);
    combobox.closeDropdown();
  }

  /** Enter came before the choices: asks for exactly what was typed and takes the first, unless typing went on. */
  async function chooseWhenHere(text: string) {
    setWaiting(text);
    try {
      const found = await queries.fetchQuery(searchFor(text.trim()));
      const [first] = found;
      if (first && latest.current.typed === text) choose(first);
    } catch {
      // The list says itself that it could not be read; what was typed stays.
    } finally {
      setWaiting(null);
    }
  }

  const label = chosenLabel?.id === value ? chosenLabel.label : (valueLabel ?? '');
  const shown = typed ?? (value === null ? '' : label);

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Enter' && typed !== null && typed.trim() !== '' && !upToDate) {
      // Before Combobox sees it: the choices on the screen belong to what was typed earlier.
      event.preventDefault();
      event.stopPropagation();
      ask(typed);
      void chooseWhenHere(typed);
    } else if (event.key === 'Enter' && typed !== null && combobox.getSelectedOptionIndex() < 0) {
      // What was typed asks for a record: it must neither send the form nor start a new line.
      event.preventDefault();
      event.stopPropagation();
      const [first] = options;
      if (first && typed.trim() !== '') choose(first);
    }
    if (event.key === 'Escape' && typed !== null) {
      event.stopPropagation();
      setTyped(null);
      combobox.closeDropdown();
    }
  }

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        const option = options.find((one) => one.id === id);
        if (option) choose(option);
      }}
      middlewares={{ flip: true, shift: true }}
      position="bottom-start"
      width="max-content"
    >
      <Combobox.Target>
        <InputBase
          {...props.inputProps}
          label={props.label}
          aria-label={props['aria-label']}
          description={props.description}
          placeholder={props.placeholder ?? 'Type to search'}
          required={props.required ?? false}
          disabled={props.disabled ?? false}
          error={props.error}
          autoFocus={props.autoFocus ?? false}
          data-autofocus={props.autoFocus || undefined}
          autoComplete="off"
          value={shown}
          onKeyDownCapture={onKeyDown}
          onFocus={(event) => {
            event.currentTarget.select();
          }}
          onClick={() => {
            combobox.openDropdown();
          }}
          onChange={(event) => {
            const text = event.currentTarget.value;
            setTyped(text);
            setWaiting(null);
            combobox.openDropdown();
            combobox.selectFirstOption();
            clearTimeout(timer.current);
            timer.current = setTimeout(() => {
              ask(text);
            }, pause);
            if (text === '' && props.clearable) onChange(null, null);
          }}
          onBlur={() => {
            combobox.closeDropdown();
            if (waiting === null) setTyped(null);
            props.onBlur?.();
          }}
          rightSection={query.isFetching ? <Loader size={14} /> : <Combobox.Chevron />}
          rightSectionPointerEvents="none"
        />
      </Combobox.Target>
      <Combobox.Dropdown miw={260} maw={520}>
        <Combobox.Options mah={280} className={classes.options}>
          {options.map((option) => (
            <Combobox.Option value={option.id} key={option.id} active={option.id === value}>
              <span className={classes.option}>
                {option.code ? <span className={classes.code}>{option.code}</span> : null}
                <span>{option.label}</span>
                {option.detail ? <span className={classes.detail}>{option.detail}</span> : null}
              </span>
            </Combobox.Option>
          ))}
          {options.length === 0 && !query.isPending ? (
            <Combobox.Empty>
              {query.isError
                ? 'The list could not be read. Type again to retry.'
                : `Nothing found for “${asked}”`}
            </Combobox.Empty>
          ) : null}
          {query.isPending ? <Combobox.Empty>Searching…</Combobox.Empty> : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
