import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import type { Tenancy } from '../../tenancy/tenancy.ts';
import { UsageError } from '../tenancy-command.ts';
import { words } from '../words/words.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * Reads `npm run <command> -- <what> --flags`. Every flag is checked against those of this `what`.
 * @throws UsageError that lists what there is.
 */
export function readWhat<What extends string, const O extends Options>(
  what: Record<What, readonly (keyof O & string)[]>,
  options: O,
): { what: What; values: ReturnType<typeof parseArgs<{ options: O }>>['values'] } {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [chosen, ...rest] = positionals;
  const known = Object.keys(what);
  if (chosen === undefined || !Object.hasOwn(what, chosen) || rest.length > 0) {
    throw new UsageError(words('options.say_what', { choices: known.join(', ') }));
  }
  const allowed: readonly string[] = what[chosen as What];
  const wrong = Object.keys(values).find((name) => !allowed.includes(name));
  if (wrong !== undefined) {
    const flags = allowed.map((name) => `--${name}`).join(', ');
    throw new UsageError(
      words('options.wrong_flag', { flag: wrong, what: chosen, flags: flags || words('options.no_flags') }),
    );
  }
  return { what: chosen as What, values };
}

/** A flag without which the command makes no sense. */
export function needed(name: string, value: string | undefined, example: string): string {
  if (value === undefined || value === '')
    throw new UsageError(words('options.missing', { flag: name, example }));
  return value;
}

/** `--status=active,locked` */
export function listed(value: string | undefined): string[] | undefined {
  return value?.split(',').map((one) => one.trim());
}

export function wholeNumber(name: string, value: string | undefined, fallback: number, most: number): number {
  const number = Number(value ?? fallback);
  if (!Number.isInteger(number) || number < 1 || number > most) {
    throw new UsageError(words('options.whole_number', { flag: name, most: String(most) }));
  }
  return number;
}

/** A moment a person wrote: a day (its beginning, UTC) or a full time. */
export function momentOf(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const moment = new Date(value);
  if (!/^\d{4}-\d{2}-\d{2}/.test(value) || Number.isNaN(moment.getTime())) {
    throw new UsageError(words('options.moment', { flag: name }));
  }
  return moment.toISOString();
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The tenant a person means, by its short name; by its id too, for one that is gone but for its traces. */
export async function tenantIdOf(tenancy: Pick<Tenancy, 'records'>, given: string): Promise<string> {
  if (uuid.test(given)) return given.toLowerCase();
  const record = await tenancy.records.bySlug(given);
  if (!record) throw new UsageError(words('options.no_tenant', { tenant: given }));
  return record.id;
}
