import { t } from '@lingui/core/macro';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { addUnsettled } from './unsettled-choices.ts';

/** One choice; `data` is the row it was made from. */
export interface SelectOption<Data = unknown> {
  id: string;
  label: string;
  code?: string;
  detail?: string;
  /** What was typed is a code of it that the option doesn't show: a barcode. */
  exact?: boolean;
  data: Data;
}

/** `search` is asked as the person types; `name` names its cache; `none` is said while there is nothing to choose from. */
export interface ChoiceSource<Data> {
  name: string;
  none: string;
  search: (text: string) => Promise<SelectOption<Data>[]>;
}

/** Milliseconds after the last key before the list is asked; Enter and Tab don't wait for it. */
const pause = 160;

/** `take`: Enter and Tab, which mean the best hit. `leave`: the field was left, which means only what is certain. */
type Manner = 'take' | 'leave';

/** Where the whole text is one option's code, that one is meant, at any place in the list. */
function exactAmong(options: readonly SelectOption[], text: string): number {
  const wanted = text.trim().toLowerCase();
  return options.findIndex((option) => option.exact === true || option.code?.toLowerCase() === wanted);
}

/**
 * What a record field knows: the text in it, the answer to that text, and the option under the keyboard. A choice
 * belongs to the text it was made for: it may be requested before the answer is here, and is made when the answer
 * comes, whatever the person does meanwhile, unless they type something else into the field.
 */
export function useRecordChoice<Data>({
  source,
  field,
  opened,
  standing,
  onChoose,
}: {
  source: ChoiceSource<Data>;
  field: RefObject<HTMLInputElement | null>;
  opened: boolean;
  /** A text that asks for a record and wasn't typed here: the list opens with its hits, none of them is taken by itself. */
  standing: string;
  onChoose: (option: SelectOption<Data>) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const [asked, setAsked] = useState(standing);
  /** The option the arrows went to, for the answer it belongs to. */
  const [moved, setMoved] = useState<{ asked: string; index: number } | null>(null);
  const [waiting, setWaiting] = useState(false);
  const [words, setWords] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const queries = useQueryClient();
  // A late answer must go to the form as it is by then. The text is kept beside the state: keys come faster than React
  // draws.
  const text = useRef<string | null>(null);
  const choosing = useRef(onChoose);
  useEffect(() => {
    choosing.current = onChoose;
  });
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
      clearTimeout(timer.current);
    };
  }, []);

  const searchFor = (wanted: string) => ({
    queryKey: ['record-select', source.name, wanted],
    queryFn: () => source.search(wanted),
    staleTime: 20_000,
  });
  const query = useQuery({
    ...searchFor(asked),
    enabled: opened || waiting,
    placeholderData: keepPreviousData,
  });
  const options = query.data ?? [];
  const isCurrent =
    query.data !== undefined && !query.isPlaceholderData && asked === (typed ?? standing).trim();
  const isTyping = typed !== null && typed.trim() !== '';
  const first = isTyping ? Math.max(0, exactAmong(options, typed)) : -1;
  const index = !isCurrent ? -1 : moved?.asked === asked ? moved.index : first;
  const active = options[index] ? index : -1;

  function ask(wanted: string) {
    clearTimeout(timer.current);
    setAsked(wanted.trim());
  }

  // Another text came into the field: what was typed before it is over.
  const [stood, setStood] = useState(standing);
  if (stood !== standing) {
    setStood(standing);
    setAsked(standing);
    if (standing !== '') setTyped(null);
  }
  useEffect(() => {
    if (standing !== '') text.current = null;
  }, [standing]);

  function setText(next: string | null) {
    text.current = next;
    setTyped(next);
    setMoved(null);
    setWords(null);
    setWaiting(false);
  }

  function choose(option: SelectOption<Data>) {
    setText(null);
    ask('');
    choosing.current(option);
  }

  /** Gives what was typed to the form as soon as its answer is here. */
  async function settle(manner: Manner): Promise<boolean> {
    const wanted = text.current;
    if (wanted === null || wanted.trim() === '') return true;
    if (isCurrent && manner === 'take' && options[active]) {
      choose(options[active]);
      return true;
    }
    ask(wanted);
    setWaiting(true);
    setWords(null);
    const stillMeant = () => !gone.current && text.current === wanted;
    try {
      const found = await queries.fetchQuery(searchFor(wanted.trim()));
      if (!stillMeant()) return text.current === null || gone.current;
      const exact = exactAmong(found, wanted);
      const best = found[Math.max(0, exact)];
      const certain = manner === 'take' || exact >= 0 || found.length === 1;
      if (best && certain) {
        choose(best);
        return true;
      }
      setWords(
        best ? t`Several match “${wanted.trim()}”. Choose one.` : t`Nothing found for “${wanted.trim()}”.`,
      );
    } catch {
      if (stillMeant()) setWords(t`“${wanted.trim()}” could not be looked up. Press Enter to try again.`);
    } finally {
      if (stillMeant()) setWaiting(false);
    }
    return false;
  }

  const latestSettle = useRef(settle);
  useEffect(() => {
    latestSettle.current = settle;
  });
  // A text that the previous list didn't know is looked up in this one: a bin typed before its warehouse was known.
  const askedOf = useRef(source.name);
  useEffect(() => {
    if (askedOf.current === source.name) return;
    askedOf.current = source.name;
    if (words !== null || waiting) void latestSettle.current('take');
  }, [source.name, words, waiting]);
  useEffect(() => {
    if (!isTyping || !field.current) return;
    return addUnsettled({ field: field.current, settle: () => latestSettle.current('take') });
  }, [isTyping, field]);

  return {
    typed,
    isTyping,
    waiting,
    /** What to say at the field about a text that found no record. */
    words,
    options,
    active,
    isCurrent,
    asked,
    isError: query.isError,
    isSearching: query.isFetching || waiting,
    type(next: string) {
      setText(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        ask(next);
      }, pause);
    },
    /** Back to the record chosen before. */
    reset() {
      setText(null);
      ask(standing);
    },
    move(by: number) {
      if (!isCurrent || options.length === 0) return;
      const from = active < 0 && by < 0 ? options.length : active;
      setMoved({ asked, index: (from + by + options.length) % options.length });
    },
    choose,
    settle,
  };
}
