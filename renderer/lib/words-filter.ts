import {
  mergeThemeOverrides,
  type ComboboxItem,
  type MantineThemeOverride,
  type OptionsFilter,
} from '@mantine/core';
import { hasWords, searchKey } from '../../server/ground/search-key.contract.ts';

/** Entries that have the words typed; the one that says exactly them comes first and is marked: "Active" before "Not active". */
function hits(entries: ComboboxItem[], typed: string): ComboboxItem[] {
  const found = entries.filter(({ label }) => hasWords(label, typed));
  const isWhole = ({ label }: ComboboxItem) => searchKey(label) === searchKey(typed.trim());
  return [...found.filter(isWhole), ...found.filter((entry) => !isWhole(entry))];
}

/** Entries of a list that have the words typed, compared as the server's searches compare them. */
const filterByWords: OptionsFilter = ({ options, search, limit }) => {
  const entries: ComboboxItem[] = [];
  const groups: ReturnType<OptionsFilter> = [];
  for (const option of options) {
    if ('value' in option) {
      entries.push(option);
      continue;
    }
    const items = hits(option.items, search);
    if (items.length > 0) groups.push({ ...option, items });
  }
  return [...hits(entries, search), ...groups].slice(0, limit);
};

/** A theme whose lists are all searched that way. */
export function searchedByWords(theme: MantineThemeOverride): MantineThemeOverride {
  const list = { defaultProps: { filter: filterByWords } };
  return mergeThemeOverrides(theme, {
    components: { Select: list, MultiSelect: list, Autocomplete: list, TagsInput: list },
  });
}
