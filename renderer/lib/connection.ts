import { z } from 'zod';
import { desktop } from './desktop.ts';

const browserConfigSchema = z.object({
  apiUrl: z.string(),
  authUrl: z.string(),
  anonKey: z.string(),
  /** True in the local default only: the sign-in screen then offers the demo sign-ins. */
  demo: z.boolean().optional(),
});

/** Where the services are. Nothing in here is secret. */
export interface ServiceAddresses {
  apiUrl: string;
  authUrl: string;
  anonKey: string;
  /** Whether the demo sign-ins exist. Nothing waits for the answer. */
  demo: Promise<boolean>;
}

/**
 * From the shell on the desktop, from the API that served the page in a browser.
 * @throws Error with words for a person when neither answers.
 */
export async function loadConnection(): Promise<ServiceAddresses> {
  if (desktop) {
    const { apiUrl, authUrl, anonKey } = await desktop.getConnection();
    return { apiUrl, authUrl, anonKey, demo: isDemo(apiUrl) };
  }
  const response = await fetch('/config.json', {
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`The server answered ${String(response.status)} to /config.json.`);
  const config = browserConfigSchema.parse(await response.json());
  return {
    ...config,
    apiUrl: config.apiUrl === '' ? window.location.origin : config.apiUrl,
    demo: Promise.resolve(config.demo ?? false),
  };
}

/** No answer simply means no demo. */
async function isDemo(apiUrl: string): Promise<boolean> {
  try {
    const response = await fetch(`${apiUrl}/config.json`, { signal: AbortSignal.timeout(2000) });
    return browserConfigSchema.parse(await response.json()).demo ?? false;
  } catch {
    return false;
  }
}
