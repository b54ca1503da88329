import { z } from 'zod';

/**
 * Characters invisible to a reader: spaces of all kinds, format characters, those that Unicode lets a renderer ignore
 * (joiners, variation selectors, Hangul fillers), and the two symbols without a visible shape (braille blank, null
 * notehead).
 */
const invisible = /[\p{White_Space}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\u{1D159}]/u;

/** A joiner behind one of these (viramas of the Indian scripts) shapes the letter before it: it can be seen. */
const virama = /[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca]/;
const joiner = /[\u200c\u200d]/;

/**
 * Text as it is stored: in Unicode's composed form (NFC), so that texts that look equal are equal, and without
 * invisible characters at its ends; a text of nothing else is empty.
 */
export function keptText(text: string): string {
  // eslint-disable-next-line no-control-regex -- ASCII as a whole
  return /^[\x00-\x7f]*$/.test(text) ? text.trim() : withoutInvisibleEnds(text.normalize('NFC'));
}

/** One pass from either end: a pattern would go over a long run of spaces inside of the text again and again. */
function withoutInvisibleEnds(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && invisible.test(characterAt(text, start))) start += characterAt(text, start).length;
  while (end > start) {
    const last = characterBefore(text, end);
    if (!invisible.test(last)) break;
    if (joiner.test(last) && virama.test(text.charAt(end - 2))) break;
    end -= last.length;
  }
  return text.slice(start, end);
}

const characterAt = (text: string, at: number) => String.fromCodePoint(text.codePointAt(at) ?? 0);

function characterBefore(text: string, at: number): string {
  const pair = at > 1 ? characterAt(text, at - 2) : '';
  return pair.length === 2 ? pair : text.charAt(at - 1);
}

/**
 * Text as a person types it, on its way in: every field of an input begins with this. One that is `longest` many times
 * over is left alone, to be refused for its length: composing a million combining marks would take a while.
 */
export function typedText(longest = 500): z.ZodString {
  return z.string().overwrite((text) => (text.length > longest * 10 + 1000 ? text : keptText(text)));
}
