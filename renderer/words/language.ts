import type { DesktopBridge } from '../../electron/ipc/contract.ts';
import { isLanguage, type Language } from '../../server/ground/languages.contract.ts';

/** What each language calls itself. */
export const nameOfLanguage: Record<Language, string> = { en: 'English', hi: 'हिन्दी' };

const key = 'qm-language';
/** A choice that hasn't reached the server yet. */
const untoldKey = 'qm-language-untold';

/** The desktop shell, in either of its windows: it keeps the choice for both, and for its menus. */
const shell = (globalThis as { quartermaster?: { language: DesktopBridge['language'] } }).quartermaster;

/**
 * Takes over what was chosen in the app's other window, or in an earlier run. Runs before the window speaks; a shell that
 * doesn't answer leaves the window with what it has.
 */
export async function followShell(): Promise<void> {
  if (!shell) return;
  const kept = localStorage.getItem(key);
  const chosen = await shell.language.get();
  if (chosen !== null) localStorage.setItem(key, chosen);
  else if (isLanguage(kept)) await shell.language.set(kept);
}

/** The choice on this computer; before there is one, the language of the system. */
export function chosenLanguage(): Language {
  const kept = localStorage.getItem(key);
  if (isLanguage(kept)) return kept;
  const [first = 'en'] = navigator.languages.map((one) => one.slice(0, 2)).filter(isLanguage);
  return first;
}

/**
 * Keeps the choice on this computer, for the person too once they are signed in, and loads the window again in that
 * language. Drafts and the session stay.
 */
export function chooseLanguage(language: Language): void {
  if (language === chosenLanguage()) return;
  localStorage.setItem(untoldKey, language);
  speak(language);
}

/**
 * Brings the window and what the person has chosen on other computers together: a choice made here is sent by `tell`;
 * otherwise the window is loaded again in their language.
 */
export async function followPerson(
  theirs: Language | null,
  tell: (language: Language) => Promise<unknown>,
): Promise<void> {
  const untold = localStorage.getItem(untoldKey);
  if (isLanguage(untold)) {
    if (untold !== theirs) await tell(untold);
    localStorage.removeItem(untoldKey);
  } else if (theirs !== null && theirs !== chosenLanguage()) speak(theirs);
}

function speak(language: Language): void {
  localStorage.setItem(key, language);
  const told = shell?.language.set(language) ?? Promise.resolve();
  void told.catch(() => undefined).then(() => location.reload());
}
