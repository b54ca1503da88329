import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';

/**
 * Whether words are what was typed, for lists that walk an order of their own: by the rules of `search_condition`. Short
 * words are looked for where a word begins, longer ones anywhere. An expression, since a function's call for each row that
 * is passed by costs more than reading it; and one PostgreSQL makes no guess about: by its guess for LIKE hardly any row
 * has the words, and it would gather them all.
 */
export function hasWords(words: RawBuilder<unknown>, typed: string): RawBuilder<boolean> {
  return sql<boolean>`case when (' ' || ${words}) like all (coalesce((
    select array_agg(case when length(pattern) < 3 then '% ' else '%' end || pattern || '%')
    from unnest(search_patterns(${typed})) as pattern), '{}')) then true else false end`;
}
