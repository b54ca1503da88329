import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { connectionSchema } from '../../ipc/contract.ts';

/** What the administrators of a fleet decide for everyone who uses a computer. */
const policySchema = z.strictObject({
  /** The services; people can't change them then. */
  connection: connectionSchema.optional(),
  channel: z.enum(['stable', 'beta']).optional(),
  /** `off`: the fleet's own tools install new versions. */
  updates: z.enum(['on', 'off']).default('on'),
  /** When a new version may first be offered: an hour (0–23) of a weekday (0 is Sunday). Critical ones don't wait. */
  deferral: z
    .strictObject({ weekday: z.number().int().min(0).max(6), hour: z.number().int().min(0).max(23) })
    .optional(),
  /** The app sends none; a fleet may want that in writing. */
  telemetry: z.literal('none').default('none'),
});
export type Policy = z.infer<typeof policySchema>;

/** Where the policy is: only administrators can write there. */
export function policyFile(platform: NodeJS.Platform, programData = 'C:\\ProgramData'): string {
  switch (platform) {
    case 'win32':
      return path.win32.join(programData, 'Quartermaster', 'policy.json');
    case 'darwin':
      return '/Library/Application Support/Quartermaster/policy.json';
    default:
      return '/etc/quartermaster/policy.json';
  }
}

/**
 * Reads the policy; undefined where there is none. One that can't be read is reported and switches updates off: a typo
 * must not make a managed computer update itself.
 */
export function readPolicy(
  file: string,
  report: (problem: string, cause: unknown) => void,
): Policy | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    report(`${file} could not be read`, error);
    return { updates: 'off', telemetry: 'none' };
  }
  try {
    return policySchema.parse(JSON.parse(text));
  } catch (error) {
    report(`${file} is not a policy`, error);
    return { updates: 'off', telemetry: 'none' };
  }
}
