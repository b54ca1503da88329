import { describe, expect, it } from 'vitest';
import type { SelectProps } from '@mantine/core';
import { searchedByWords } from './words-filter.ts';

const filterOf = (list: string) =>
  (searchedByWords({}).components?.[list]?.defaultProps as SelectProps).filter ?? (() => []);
const entry = (label: string) => ({ value: label, label });
const labels = ['Not active', 'Active, not sold', 'Áctive', 'Retired'].map(entry);
const found = ['Áctive', 'Not active', 'Active, not sold'].map(entry);

describe('the search of a list that is here already', () => {
  it.each(['Select', 'MultiSelect', 'Autocomplete', 'TagsInput'])(
    'puts what was typed whole first in a %s',
    (list) => {
      expect(filterOf(list)({ options: labels, search: ' active', limit: Infinity })).toEqual(found);
    },
  );

  it('does so in each group, and leaves out groups without a hit', () => {
    const options = [
      { group: 'Sold', items: labels },
      { group: 'Other', items: [entry('Retired')] },
    ];
    expect(filterOf('Select')({ options, search: 'active', limit: Infinity })).toEqual([
      { group: 'Sold', items: found },
    ]);
  });
});
