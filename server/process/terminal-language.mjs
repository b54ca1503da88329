/**
 * The language of the person at the terminal: QM_LANG, else what the system speaks to terminals (LC_ALL, LC_MESSAGES,
 * LANG in POSIX's order); English when the product doesn't have it.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {'en' | 'hi'}
 */
export function languageOfTerminal(environment) {
  const { QM_LANG, LC_ALL, LC_MESSAGES, LANG } = environment;
  const locale = [QM_LANG, LC_ALL, LC_MESSAGES, LANG].find((one) => one !== undefined && one !== '') ?? '';
  return locale.toLowerCase().split(/[_.@-]/)[0] === 'hi' ? 'hi' : 'en';
}
