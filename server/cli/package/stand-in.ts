import { ExpectedError } from '../../process/expected-error.mjs';
import { setUpWords } from '../../process/words/set-up-words.mjs';

/** Asks by name to pack the stand-in of closed networks, as tests do: the result must not be distributed. */
export const standIn = '--with-stand-in-electron';

/** @throws ExpectedError for an Electron that is too old to be given to others and was not asked for by name. */
export function requireOfficial(
  electron: { version: string; official: boolean },
  args: readonly string[],
): void {
  if (electron.official || args.includes(standIn)) return;
  throw new ExpectedError(setUpWords('built.stand_in', { version: electron.version, option: standIn }));
}
