import { t } from '@lingui/core/macro';
import { CloseButton, MultiSelect, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import classes from './FilterBar.module.css';
import { ShortList } from './ShortList.tsx';

export type FilterValue = string | readonly string[] | undefined;

export interface FilterField {
  id: string;
  label: string;
  /** `one` of the options, `many` of them, or `yes`: only the rows for which it is true. */
  kind: 'one' | 'many' | 'yes';
  /** Undefined while they are on their way. */
  options?: readonly { value: string; label: string }[] | undefined;
  width?: number;
}

export interface FilterBarProps {
  /** What is searched, as a placeholder: `Code, name, GSTIN or city`. */
  searchHint: string;
  search: string;
  onSearch: (text: string) => void;
  filters?: readonly FilterField[];
  values?: Readonly<Record<string, FilterValue>>;
  onFilter?: (id: string, value: FilterValue) => void;
  onClear?: () => void;
  /** Filters from a link that no control shows: they are named, and a press removes them. */
  brought?: readonly { id: string; label: string }[];
  /** Right of the filters. */
  children?: ReactNode;
}

/** Milliseconds after the last key before the search is sent. */
const pause = 220;

/** Search and filters of a list. `/` puts the cursor into the search; Escape empties it. */
export function FilterBar(props: FilterBarProps) {
  const { search, onSearch, filters = [], values = {}, onFilter, brought = [] } = props;
  const [typed, setTyped] = useState(search);
  const sent = useRef(search);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // The address changed from elsewhere (back, a saved link): the box follows, unless it is what was just typed.
  useEffect(() => {
    if (search !== sent.current) {
      sent.current = search;
      setTyped(search);
    }
  }, [search]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function send(text: string) {
    clearTimeout(timer.current);
    sent.current = text.trim();
    onSearch(sent.current);
  }

  function type(text: string) {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      send(text);
    }, pause);
  }

  const active =
    filters.some((filter) => values[filter.id] !== undefined) || search !== '' || brought.length > 0;

  return (
    <div className={classes.bar} role="search">
      <TextInput
        className={classes.search}
        type="search"
        aria-label={t`Search: ${props.searchHint}`}
        placeholder={props.searchHint}
        data-list-search
        leftSection={<IconSearch size={15} aria-hidden="true" />}
        value={typed}
        onChange={(event) => {
          type(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') send(typed);
          if (event.key === 'Escape' && typed !== '') {
            event.stopPropagation();
            setTyped('');
            send('');
          }
        }}
        rightSection={
          typed === '' ? null : (
            <CloseButton
              size="sm"
              aria-label={t`Clear the search`}
              onClick={() => {
                setTyped('');
                send('');
              }}
            />
          )
        }
      />
      {filters.map((filter) => (
        <FilterControl
          key={filter.id}
          filter={filter}
          value={values[filter.id]}
          onChange={(value) => onFilter?.(filter.id, value)}
        />
      ))}
      {brought.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          className={classes.chip}
          aria-pressed={true}
          title={t`Remove this filter`}
          onClick={() => onFilter?.(id, undefined)}
        >
          {label} ×
        </button>
      ))}
      {active && props.onClear ? (
        <button type="button" className={classes.clear} onClick={props.onClear}>{t`Clear`}</button>
      ) : null}
      {props.children ? <span className={classes.end}>{props.children}</span> : null}
    </div>
  );
}

interface FilterControlProps {
  filter: FilterField;
  value: FilterValue;
  onChange: (value: FilterValue) => void;
}

function FilterControl({ filter, value, onChange }: FilterControlProps) {
  const options = [...(filter.options ?? [])];
  if (filter.kind === 'yes') {
    const on = value === 'true';
    return (
      <button
        type="button"
        className={classes.chip}
        aria-pressed={on}
        onClick={() => {
          onChange(on ? undefined : 'true');
        }}
      >
        {filter.label}
      </button>
    );
  }
  if (filter.kind === 'many') return <ManyControl filter={filter} value={value} onChange={onChange} />;
  return (
    <ShortList
      w={filter.width ?? 170}
      aria-label={filter.label}
      placeholder={filter.label}
      data={options}
      waits={filter.options === undefined}
      value={typeof value === 'string' ? value : null}
      clearable
      onChange={(next) => {
        onChange(next ?? undefined);
      }}
    />
  );
}

/** Several of the options. The next one may be typed before the address holds the previous one. */
function ManyControl({ filter, value, onChange }: FilterControlProps) {
  const given = value === undefined ? [] : typeof value === 'string' ? [value] : value;
  const [chosen, setChosen] = useState(given);
  const [seen, setSeen] = useState(given.join(' '));
  if (seen !== given.join(' ')) {
    setSeen(given.join(' '));
    setChosen(given);
  }
  return (
    <MultiSelect
      w={filter.width ?? (chosen.length > 1 ? 260 : 170)}
      aria-label={filter.label}
      placeholder={chosen.length === 0 ? filter.label : ''}
      data={[...(filter.options ?? [])]}
      value={[...chosen]}
      onChange={(next) => {
        setChosen(next);
        onChange(next.length === 0 ? undefined : next);
      }}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
    />
  );
}
