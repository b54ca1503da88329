/** Obstacles to making, changing or continuing purchase and sales orders. */
export const orders = {
  'order.command_not_possible': '{number} is {status}, so "{command}" is not possible. Possible: {commands}.',
  'order.nothing_possible':
    '{number} is {status}, so "{command}" is not possible. Nothing more can be done with it.',
  'order.changed': '{number} was changed by someone else in the meantime. Look at it again before you go on.',
  'order.own_submission': 'You submitted {number} yourself: someone else must decide about it.',
  'order.id_used': 'This id already belongs to {number}, which has other contents.',
  'order.part_id_used': 'This {kind} id is already used for another {kind}.',
  'order.schema_too_old': 'This organisation is being brought up to date. Try again in a minute.',

  'order.party_not_active': '{name} is {status}: nothing can be ordered, received or shipped.',
  'order.warehouse_not_active': '{name} is {status}: no goods can come in or go out there.',
  'order.product_not_active': '{sku} is {status}: it can be neither ordered, received nor shipped.',
  'order.state_not_known':
    'The state of {name} is not known, and GST depends on it: enter it in the address first.',
  'order.no_tax_rate': '{sku} has the tax class {taxClass}, which has no rate on {day}.',

  'order.nothing_changed': 'This changes nothing on the order.',
  'order.line_id_twice': 'This line id is used twice.',
  'order.line_id_used': 'This line id already belongs to a line with other contents.',
  'order.lines_left_out': 'The order of the lines must name each of them once.',
  'order.line_twice': 'This line appears here twice.',
  'order.line_not_found': 'This line does not exist in this order.',
  'order.line_settled': "{quantity} of this line are done or cancelled: it can't be less.",
  'order.line_not_open': 'Nothing is open on line {line} any more.',
  'order.line_too_large': 'The amount of this line is too large to be recorded.',
  'order.lines_too_large': 'The total of these lines is too large for one order.',
  'order.shipping_too_large': 'With its share of this, the cost of a unit would be too large to be recorded.',
} as const;
