import { mergeThemeOverrides, type MantineThemeOverride, type OptionsFilter } from '@mantine/core';
import { hasWords } from '../../server/ground/search-key.contract.ts';

/** Entries of a list that have the words typed, compared as the server's searches compare them. */
const filterByWords: OptionsFilter = ({ options, search, limit }) => {
  const found: ReturnType<OptionsFilter> = [];
  for (const option of options) {
    if ('value' in option) {
      if (hasWords(option.label, search)) found.push(option);
      continue;
    }
    const items = option.items.filter(({ label }) => hasWords(label, search));
    if (items.length > 0) found.push({ ...option, items });
  }
  return found.slice(0, limit);
};

/** A theme whose lists are all searched that way. */
export function searchedByWords(theme: MantineThemeOverride): MantineThemeOverride {
  const list = { defaultProps: { filter: filterByWords } };
  return mergeThemeOverrides(theme, {
    components: { Select: list, MultiSelect: list, Autocomplete: list, TagsInput: list },
  });
}
