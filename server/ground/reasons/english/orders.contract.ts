/** What keeps purchase and sales orders from being made, changed or going on. */
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
  'order.expected_before_ordered': 'The goods cannot be expected before they are ordered.',
  'order.expected_before_order': 'The goods cannot be expected before the day of the order.',
  'order.promised_before_order': 'The goods cannot be promised for a day before the order.',

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

  'order.reversed_before': '{name} has already been taken back.',
  'order.payment_reversed_before': 'This payment has already been taken back.',
  'order.goods_moved_since':
    'Other goods have moved in its places since then. Somebody who can see costs can take it back.',
  'order.goods_gone':
    'Of the {received} of {sku} received, only {left} are still where they were put: the rest was shipped or moved. Bring it back first, or post an adjustment.',
  'order.warehouse_closed': '{warehouse} is closed: nothing can be expected there. Open it first.',
  'order.bin_not_found': 'This bin does not exist in the warehouse of the order.',
  'order.over_receipt': 'At most {most} more of {sku} can be received.',
  'order.approval_after_receipt':
    'This change needs an approval, but goods have already been received on this order. Put what you need in addition on a new order.',

  'order.not_reserved': 'Only {reserved} of {sku} are reserved for this order: no more can be shipped.',
  'order.credit_limit':
    '{name} owes ₹{owed}; with this order it would be ₹{total}, over the credit limit of ₹{limit}.',
  'order.over_credit_limit': 'With this order {name} would be over their credit limit.',
  'order.credit_tries':
    'Orders of this customer were refused for their credit too often. Ask someone who sees customers to go on with this one.',
  'order.overpaid': 'Only ₹{open} of {number} is still to be paid.',
} as const;
