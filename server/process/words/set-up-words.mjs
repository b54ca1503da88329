import process from 'node:process';
import { languageOfTerminal } from '../terminal-language.mjs';
import { english } from './english.mjs';
import { hindi } from './hindi.mjs';

const catalogues = { en: english, hi: hindi };

/**
 * A sentence of the set-up in the language of the terminal, with its values filled in. Plain JavaScript, because the
 * set-up runs before the dependencies are installed.
 * @param {string} name
 * @param {Readonly<Record<string, string | number>>} [values]
 * @returns {string}
 */
export function setUpWords(name, values = {}) {
  const text = catalogues[languageOfTerminal(process.env)][name] ?? name;
  return text.replaceAll(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));
}
