import { t } from '@lingui/core/macro';
import { fewestPasswordCharacters, mostPasswordBytes } from '../../server/auth/password.contract.ts';

/** What is wrong with a new password, in words for its field; null when it can be tried. */
export function passwordProblem(password: string): string | null {
  if ([...password].length < fewestPasswordCharacters) return t`Use at least ten characters`;
  const bytes = new TextEncoder().encode(password).length;
  if (bytes <= mostPasswordBytes) return null;
  return bytes === password.length
    ? t`Use at most ${mostPasswordBytes} characters; these are ${bytes}`
    : t`This is too long: letters outside of a–z count two to four times, and 72 is the most`;
}
