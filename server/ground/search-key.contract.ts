/**
 * Accents, nuktas, other marks of pronunciation, and what can't be seen: format characters and those that a renderer may
 * ignore. The same as in the database’s `search_key`; the list is written out there and here, so that a browser or a
 * server of another version of Unicode makes the same keys.
 */
const marks =
  // eslint-disable-next-line no-misleading-character-class -- the marks are what is taken out
  /[\u00ad\u0300-\u036f\u0483-\u0487\u0600-\u0605\u061c\u064b-\u065f\u0670\u06dd\u070f\u0890\u0891\u08e2\u093c\u0951-\u0954\u09bc\u0a3c\u0abc\u0b3c\u0cbc\u115f\u1160\u17b4\u17b5\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\u2800\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\ufff0-\ufffb\u{110bd}\u{110cd}\u{13430}-\u{1343f}\u{1bca0}-\u{1bca3}\u{1d159}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;

/** Letters that no decomposition makes plain. */
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
};

/** Ends of words, besides the spaces that compatibility decomposition makes plain. */
// eslint-disable-next-line no-control-regex -- tabs and ends of lines
const spaces = /[\u0009-\u000d\u0085\u1680\u2028\u2029]/g;

/** Words as every search compares them: small letters without marks, letters that are drawn differently as their plain ones. */
export function searchKey(words: string): string {
  return words
    .normalize('NFKD')
    .toLowerCase()
    .replace(marks, '')
    .replace(spaces, ' ')
    .replace(/[ßæœøłđħıς]/g, (letter) => plain[letter] ?? letter);
}

/** Whether a text has all the words that were typed, anywhere and in any order: how a list that is here already is searched. */
export function hasWords(text: string, typed: string): boolean {
  const key = searchKey(text);
  return searchKey(typed)
    .split(/\s+/)
    .every((word) => key.includes(word));
}
