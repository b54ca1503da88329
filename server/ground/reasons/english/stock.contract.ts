/** What keeps goods from moving, and products, warehouses and bins from changing. */
export const stock = {
  'stock.later_movement':
    'There is a later movement of this product in this place ({when}). Nothing can be posted before it.',
  'stock.bin_closed': "{bin} is closed: {sku} can't come in there. Open it first.",
  'stock.bin_not_found': 'This bin does not exist in this warehouse.',
  'stock.fraction': '{unit} are counted in whole numbers: {quantity} is not one.',
  'stock.service': '{sku} is a service: it has no stock.',
  'stock.lot_missing': '{sku} is kept by lots: the lot is missing.',
  'stock.lot_expired_to_ship': "The lot {lot} of {sku} expired on {day}: it can't be shipped.",
  'stock.lot_expired_to_store':
    'The lot {lot} of {sku} expired on {day}: it can only go into a quarantine bin.',
  'stock.expired_to_ship': "{sku} expired on {day}: it can't be shipped.",
  'stock.expired_to_store': '{sku} expired on {day}: it can only go into a quarantine bin.',

  'stock.only_reserved': 'Only {quantity} are reserved here.',
  'stock.only_available': 'Only {quantity} are available in this place.',
  'stock.only_available_besides':
    'Only {quantity} are available in this place; {reserved} more are reserved for orders.',
  'stock.most_on_hand': 'This exceeds the maximum for one location.',
  'stock.most_in_transit':
    'The quantity of one product in transit would exceed the maximum for one location.',
  'stock.less_in_transit': 'This would take off more of this product than is in transit.',

  'stock.cost_of_outgoing': 'Outgoing goods leave at the average cost: they have no cost of their own.',
  'stock.value_too_large': 'The value is too large for one movement.',
  'stock.valued_anew':
    'The stock here has been revalued since then: the exact value cannot be taken back. Post an adjustment instead.',
  'stock.moved_since': 'Other goods have moved in this place since then. Post an adjustment instead.',
  'stock.id_used': 'This id is already used for another movement.',
  'stock.reversed_before': 'This movement has already been reversed.',
  'stock.is_reversal': 'A reversal cannot be reversed: post the movement again.',
  'stock.of_document': 'This movement belongs to {document}: it can only be undone together with it.',
  'stock.of_a_document': 'This movement belongs to a document: it can only be undone together with it.',

  'warehouse.holds_goods': 'There are goods in this warehouse or on their way to it: move them first.',
  'warehouse.awaited': 'Open orders still wait for this warehouse: {orders}.',
  'bin.warehouse_closed': '{name} is closed: open the warehouse first.',
  'bin.is_default': 'The default bin stays as it is: goods go there when no bin is named.',
  'bin.holds_goods': 'There are goods in this bin: move them first.',

  'product.no_tax_class': 'There is no tax class {taxClass}.',
  'product.code_of_service': 'A code that starts with 99 belongs to a service.',
  'product.code_of_goods': 'The code of a service starts with 99.',
  'product.kind_stays': 'The kind stays as it is: the product has already been ordered or moved.',
  'product.unit_stays': 'The unit stays as it is: the product has already been ordered or moved.',
} as const;
