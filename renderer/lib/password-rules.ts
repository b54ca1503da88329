const shortest = 10;
/** bcrypt, which Supabase Auth hashes with, reads no further; longer ones are refused there. */
const mostBytes = 72;

/** What is wrong with a new password, in words for its field; null when it can be tried. */
export function passwordProblem(password: string): string | null {
  if ([...password].length < shortest) return 'Use at least ten characters';
  const bytes = new TextEncoder().encode(password).length;
  if (bytes <= mostBytes) return null;
  return bytes === password.length
    ? `Use at most ${String(mostBytes)} characters; these are ${String(bytes)}`
    : 'This is too long: letters outside of a–z count two to four times, and 72 is the most';
}
