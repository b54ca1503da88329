import { importJWK } from 'jose';
import type { JSONWebKeySet, JWK } from 'jose';

/** Supabase publishes a handful of keys of a few hundred bytes each. */
const largestAnswer = 256 * 1024;
const mostKeys = 100;
const algorithms: Readonly<Record<string, string>> = { EC: 'ES256', RSA: 'RS256' };

/**
 * Asks an endpoint for its key set and keeps of it what tokens can be checked with. An answer that is too large, takes
 * too long, leads elsewhere or holds no usable key is an error: the caller keeps what it has.
 */
export async function fetchKeySet(
  url: string,
  { timeoutMs, mayBeEmpty }: { timeoutMs: number; mayBeEmpty: boolean },
): Promise<JSONWebKeySet> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    // Covers the body as well: one that never ends is cut off.
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`The key set answered with status ${String(response.status)}.`);
  }
  const keys = await usableKeys(await textOf(response));
  if (keys.length === 0 && !mayBeEmpty)
    throw new Error('The key set holds no key that tokens could be checked with.');
  return { keys };
}

async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > largestAnswer) throw new Error('The key set is too large to be one.');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

async function usableKeys(text: string): Promise<JWK[]> {
  const answer = asObject(parsed(text));
  if (!Array.isArray(answer?.keys)) throw new Error('The key set is not in the form of one.');
  const keys: JWK[] = [];
  for (const entry of answer.keys.slice(0, mostKeys) as unknown[]) {
    const key = asObject(entry);
    if (key && (await isUsable(key))) keys.push(key);
  }
  return keys;
}

async function isUsable(key: JWK): Promise<boolean> {
  const algorithm = algorithms[key.kty ?? ''];
  if (algorithm === undefined || typeof key.kid !== 'string' || key.kid === '') return false;
  if ((key.alg !== undefined && key.alg !== algorithm) || (key.use !== undefined && key.use !== 'sig'))
    return false;
  // A private key that was published is worthless.
  if (key.d !== undefined) return false;
  try {
    await importJWK(key, algorithm);
    return true;
  } catch {
    return false;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Without the parser's words, which repeat what was sent.
    throw new Error('The key set is not JSON.');
  }
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
