import { ExpectedError } from '../../process/expected-error.mjs';

/** Asks by name to pack the stand-in of closed networks, as tests do: the result must not be distributed. */
export const standIn = '--with-stand-in-electron';

/** @throws ExpectedError for an Electron that is too old to be given to others and was not asked for by name. */
export function requireOfficial(
  electron: { version: string; official: boolean },
  args: readonly string[],
): void {
  if (electron.official || args.includes(standIn)) return;
  throw new ExpectedError(
    `Electron ${electron.version} is the stand-in of closed networks, too old to be given to others: nothing was packed. ` +
      `Run this where the official Electron can be fetched. To try out the packing alone, add ${standIn}.`,
  );
}
