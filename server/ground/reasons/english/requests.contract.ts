/** Problems of a request as a whole, before or after its procedure read it. */
export const requests = {
  'request.unknown_procedure': 'There is no such procedure.',
  'request.not_json': 'The request could not be read: it is not valid JSON.',
  'request.method': 'Queries are read with GET, mutations are sent with POST.',
  'request.too_large': 'The request is too large.',
  'request.media_type': 'The request must be sent as application/json.',
  'request.too_many': 'Too many requests. Wait a moment.',
  'request.too_much_at_once': 'You are sending a lot at once. Wait a few seconds, then go on.',
  'request.defect':
    'Something went wrong on the server. Try again; if it happens again, tell support the request number.',
  'request.too_many_calls': 'The request has more than {most} calls.',
  'request.host':
    'The server does not answer under this name. Its operator can add the name to QM_HOSTS or QM_PUBLIC_URL.',
  'request.headers_too_long': 'The address or the headers of the request are too long.',
  'request.too_slow': 'The request did not arrive in time.',
  'request.not_http': 'This is not a valid HTTP request.',
  'request.unstorable': 'The input contains characters that cannot be stored.',
  'request.nested': 'The input is nested too deeply.',
  'request.long_name': 'The input has a field whose name is too long.',
  'request.too_many_parts': 'The input has too many parts: at most {most} in one request.',
  'request.idempotency_key': 'An Idempotency-Key has 1 to 200 printable characters.',
  'request.key_used': 'This Idempotency-Key was used before with other contents. Use a new key.',
  'request.cursor': 'This is not a cursor of this list.',
  'request.cursor_of_other_sort': 'This cursor belongs to another sort order: begin at the first page.',
} as const;
