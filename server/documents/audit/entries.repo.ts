/** The column with the person who did something to the record last. */
export const lastActor = (kind: string, id: string, action: string) => `
  (select a.actor from audit_log a where a.record_id = ${id} and a.record_kind = '${kind}' and a.action = '${action}'
   order by a.at desc limit 1)`;

/** The revisions of a document, oldest first, as a JSON array; null when there are none. */
export const revisionsOf = (kind: string, id: string) => `
  (select json_agg(json_build_object('id', a.id, 'at', to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'by', a.actor, 'reason', a.changes -> 'reason' ->> 'after') order by a.at)
   from audit_log a where a.record_id = ${id} and a.record_kind = '${kind}' and a.action = 'revise')`;
