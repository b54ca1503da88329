import { t } from '@lingui/core/macro';
import {
  defaultOptionsFilter,
  getParsedComboboxData,
  Loader,
  Select,
  useMantineTheme,
  type ComboboxItem,
  type SelectProps,
} from '@mantine/core';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { addUnsettled } from './unsettled-choices.ts';

export interface ShortListProps extends Omit<
  SelectProps,
  'value' | 'onChange' | 'searchValue' | 'onSearchChange' | 'defaultValue'
> {
  value?: string | null;
  onChange?: (value: string | null) => void;
  /** Its entries are on their way: what is typed meanwhile waits for them. */
  waits?: boolean;
}

const noEntry = { value: '', label: '' };

function markedEntry(field: HTMLElement | null): HTMLElement | null {
  if (field?.getAttribute('aria-expanded') !== 'true') return null;
  const list = document.getElementById(field.getAttribute('aria-controls') ?? '');
  return list?.querySelector<HTMLElement>('[data-combobox-selected]') ?? null;
}

function isEntry(one: object): one is ComboboxItem {
  return 'value' in one;
}

/**
 * A short list that is typed into. Enter, Tab and a press elsewhere take the marked entry or the first one with the
 * words that were typed, also when the entries come later; passing through the field chooses nothing. A text that no
 * entry has stays, and the field says so.
 */
export function ShortList({ value = null, onChange, waits = false, error, ...props }: ShortListProps) {
  const field = useRef<HTMLInputElement>(null);
  /** What was typed over the chosen entry. */
  const [typed, setTyped] = useState<string | null>(null);
  /** The person went on from what they typed. */
  const [left, setLeft] = useState(false);
  /** The arrows went to an entry. */
  const sought = useRef(false);
  const { Select: ofAll } = useMantineTheme().components;
  const { filter = defaultOptionsFilter } = { ...(ofAll?.defaultProps as SelectProps | undefined), ...props };
  const entries = getParsedComboboxData(props.data).filter(isEntry);
  const chosen = entries.find((entry) => entry.value === value) ?? noEntry;
  const isTyping = typed !== null && typed.trim() !== '';

  function done() {
    setTyped(null);
    setLeft(false);
  }

  /** Takes the entry that is meant; false when there is none. */
  function take(): boolean {
    if (!isTyping) return true;
    const [best] = filter({ options: entries, search: typed, limit: Infinity })
      .filter(isEntry)
      .filter((entry) => !entry.disabled);
    if (!best) return false;
    done();
    if (best.value !== value) onChange?.(best.value);
    return true;
  }

  /** Leaves what was typed: takes the marked entry, else the best match, else waits. */
  function leave() {
    const marked = sought.current || isTyping ? markedEntry(field.current) : null;
    sought.current = false;
    if (marked) marked.click();
    else if (!isTyping) {
      if (typed === '' && props.clearable && value !== null) onChange?.(null);
      done();
    } else if (!take()) setLeft(true);
  }

  // The entries are here: looks up what was typed before.
  const waiting = useRef<((found: boolean) => void)[]>([]);
  const latest = useRef({ take, waits });
  useEffect(() => {
    latest.current = { take, waits };
  });
  useEffect(() => {
    if (waits) return;
    if (left) latest.current.take();
    for (const answer of waiting.current.splice(0)) answer(latest.current.take());
  }, [props.data, waits, left]);
  useEffect(() => {
    if (!isTyping || !field.current) return;
    return addUnsettled({
      field: field.current,
      settle: () => {
        if (!latest.current.waits || latest.current.take()) return Promise.resolve(latest.current.take());
        setLeft(true);
        return new Promise((resolve) => waiting.current.push(resolve));
      },
    });
  }, [isTyping]);

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') sought.current = true;
    if (event.key === 'Escape') done();
    else if (event.key === 'Enter' && isTyping && !markedEntry(field.current)) {
      // What was typed asks for an entry: it must not send the form.
      event.preventDefault();
      leave();
    }
  }

  // Mantine shows every entry while the text is the chosen one's, and marks the first of them: a text that was typed again
  // would choose another entry.
  const isTypedAgain = isTyping && typed === chosen.label;
  const nothing = left && isTyping && !waits ? t`Nothing found for “${typed.trim()}”.` : null;
  return (
    <Select
      {...props}
      data={
        isTypedAgain
          ? filter({ options: entries, search: typed, limit: Infinity }).filter(isEntry)
          : props.data
      }
      ref={field}
      value={value}
      error={nothing ?? error}
      searchValue={typed ?? chosen.label}
      aria-busy={(left && waits) || undefined}
      rightSection={left && waits ? <Loader size={14} /> : props.rightSection}
      onInput={(event) => {
        setTyped(event.currentTarget.value);
        setLeft(false);
      }}
      onKeyDownCapture={onKeyDown}
      onOptionSubmit={(submitted) => {
        done();
        props.onOptionSubmit?.(submitted);
      }}
      onChange={(next) => {
        done();
        onChange?.(next);
      }}
      onBlurCapture={leave}
    />
  );
}
