import { mergeThemeOverrides, type MantineColorsTuple } from '@mantine/core';
import { searchedByWords } from '../lib/words-filter.ts';
import { theme } from '../ui/theme/theme.ts';

/** The operators' accent: safety ochre instead of the staff window's petrol, so that the two are never mixed up. */
const ochre: MantineColorsTuple = [
  '#f8e9d8',
  '#f3d9bb',
  '#ecc190',
  '#e9a35c',
  '#d07f32',
  '#b2641b',
  '#9a5213',
  '#8a470e',
  '#6f390b',
  '#552b08',
];

export const adminTheme = mergeThemeOverrides(searchedByWords(theme), {
  colors: { ochre },
  primaryColor: 'ochre',
});
