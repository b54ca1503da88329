import pg from 'pg';
import type { CustomTypesConfig } from 'pg';

const { builtins } = pg.types;

/** PostgreSQL's `2026-01-31 10:00:00.123456+00` as ISO 8601 in UTC, with all its digits; other zones go through Date. */
function isoInstant(text: string): string {
  if (text.endsWith('+00') && text.length >= 22 && !text.endsWith(' BC')) {
    return `${text.slice(0, 10)}T${text.slice(11, -3)}Z`;
  }
  const parsed = new Date(text);
  return Number.isNaN(parsed.getTime()) ? text : parsed.toISOString();
}

const asText = (text: string): string => text;

const parsers = new Map<number, (text: string) => unknown>([
  [builtins.NUMERIC, asText],
  [builtins.DATE, asText],
  [builtins.TIMESTAMPTZ, isoInstant],
  [builtins.TIMESTAMP, asText],
  [builtins.INT8, asText],
]);

/** How values arrive: numeric, bigint and date as strings, instants as ISO strings, the rest as node-postgres has it. */
export const wireTypes: CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    const parser = format === 'binary' ? undefined : parsers.get(oid);
    return parser ?? (pg.types.getTypeParser(oid, format) as (value: string) => unknown);
  },
};
