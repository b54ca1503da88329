import { t } from '@lingui/core/macro';
import { z } from 'zod';
import { Refused } from '../../ipc/answer.ts';

const patience = 10_000;
const answerSchema = z.object({ result: z.object({ data: z.object({ isOperator: z.boolean() }) }) });

/**
 * Asks the API whether the signed-in user is a platform operator. This only decides whether a window opens; every
 * procedure behind it checks again.
 * @throws {Refused} when the user isn't one, or when the API can't say.
 */
export async function requireOperator(
  fetch: (input: string, init: RequestInit) => Promise<Response>,
  apiUrl: string,
  accessToken: string,
): Promise<void> {
  const address = `${apiUrl.replace(/\/+$/, '')}/api/trpc/auth.me`;
  let answer: unknown;
  try {
    const response = await fetch(address, {
      headers: { authorization: `Bearer ${accessToken}` },
      signal: AbortSignal.timeout(patience),
    });
    if (response.status === 401 || response.status === 403) {
      throw new Refused(t`Please sign in again to open the administration.`);
    }
    answer = await response.json();
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused(t`The server cannot be reached, so the administration cannot be opened.`);
  }
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success)
    throw new Refused(t`The server could not say whether you may open the administration.`);
  if (!parsed.data.result.data.isOperator) {
    throw new Refused(t`The administration is for platform operators only.`);
  }
}
