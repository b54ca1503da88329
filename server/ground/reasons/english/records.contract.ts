/** Obstacles to storing or finding any record, and the database's own refusals. */
export const records = {
  'record.not_found': 'This {kind} does not exist.',
  'record.changed': 'Somebody else has changed this {kind} in the meantime.',
  'record.id_used':
    'There is {kind, select, employee {an employee} other {a {kind}}} with this id already, with other contents.',
  'record.used_by': '{value} is already used by {by}.',
  'record.used_by_role': '{value} is already used by the role {role}.',
  'record.used_by_bin': '{value} is already used by another bin of this warehouse.',

  'record.required': 'This field is required.',
  'record.in_use': 'This {column} is already in use.',
  'record.exists': 'A record like this exists already.',
  'record.column_not_found': 'This {column} does not exist.',
  'record.reference_not_found': 'Something this refers to does not exist.',
  'record.referred_to': 'Other records still refer to this one.',
  'record.overlaps': 'This overlaps with another record.',
  'record.out_of_range': 'A value is outside the range allowed here.',
  'record.text_too_long': 'A text is longer than allowed.',
  'record.number_too_large': 'A number is larger than allowed.',
  'record.wrong_form': 'A value does not have the expected form.',
  'record.unstorable': 'A text contains characters that cannot be stored.',

  'database.unreachable': 'The database cannot be reached right now. Nothing was changed; try again.',
  'database.refused': 'The database refused this server. Nothing was changed; try again.',
  'database.contended': 'Others are working on the same records right now. Try again.',
  'database.too_slow': 'This took too long and was stopped. Nothing was changed.',
  'database.interrupted': 'The change was interrupted. Nothing was changed; try again.',
  'database.not_kept': 'The change could not be kept. Nothing was changed; try again.',
  'database.busy': 'The server is very busy right now. Nothing was changed; try again.',

  'date.future': 'This is in the future.',
  'date.far_ahead': 'This is more than a year ahead.',
  'date.far_back': 'This is more than {years} years ago.',
  'date.before_document':
    '{number} is dated {day}: nothing on it can be dated earlier (say so with backdate).',
  'date.before_document_not_allowed':
    '{number} is dated {day}: nothing on it can be dated earlier (this needs the permission to backdate).',
} as const;
