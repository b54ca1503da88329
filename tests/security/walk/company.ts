import type { TestServices } from '../../fixtures/services.ts';

/** A price no other record of the tests has, so that it can be looked for in answers. */
export interface CompanyMarks {
  /** Is in every text a person could have typed. */
  word: string;
  /** What goods cost: four digits before the point, never the same as another figure. */
  cost: string;
  pan: string;
  accountNumber: string;
}

type Known = { id: string; version: number };
type Order = Known & { lines: { id: string }[] };

/**
 * A company's daily business through the API, one record of every kind and its documents in several states: what the
 * generated suites work on. `owner` and `approver` are tokens; two people, since nobody approves an own order.
 */
export async function doBusiness(
  services: TestServices,
  marks: CompanyMarks,
  owner: string,
  approver: string,
): Promise<void> {
  const { word, cost } = marks;
  const ask = async <T = Known>(procedure: string, input: unknown, token = owner): Promise<T> => {
    const answer = await services.call<T>(procedure, input, token);
    if (answer.error) throw new Error(`${procedure}: ${JSON.stringify(answer.error)}`);
    return answer.data;
  };
  const code = (what: string) => `${word}-${what}`.toUpperCase();

  const warehouse = await ask('warehouses.create', { code: code('W'), name: `${word} godown` });
  await ask('warehouses.createBin', { warehouseId: warehouse.id, code: code('B'), name: `${word} rack` });
  const vendor = await ask('vendors.create', {
    code: code('V'),
    name: `${word} supplies`,
    contactName: `${word} Sharma`,
    email: `vendor@${word}.test`,
    address: { line1: `${word} street`, city: `${word} city`, stateCode: '27', pinCode: '400001' },
    gstRegistration: 'unregistered',
    pan: marks.pan,
    bankDetails: { accountName: word, accountNumber: marks.accountNumber, ifsc: 'HDFC0001234' },
    attributes: { note: word },
  });
  const customer = await ask('customers.create', {
    code: code('C'),
    name: `${word} stores`,
    email: `customer@${word}.test`,
    billingAddress: { stateCode: '27' },
    shippingAddress: { line1: word, stateCode: '27' },
  });
  const product = await ask('products.create', {
    sku: code('P'),
    name: `${word} bolt`,
    description: `${word} described`,
    category: `${word} parts`,
    purchasePrice: cost,
    salePrice: '9999',
    hsnCode: '7318',
    barcodes: [code('BAR')],
    attributes: { note: word },
    reorderLevel: '500',
  });
  await ask('roles.create', {
    key: `${word}_role`,
    name: `${word} clerk`,
    description: word,
    permissions: ['products:read'],
  });
  await ask('employees.create', {
    name: `${word} Kumar`,
    email: `employee@${word}.test`,
    department: `${word} department`,
    pan: marks.pan,
    aadhaar: '234567890124',
  });
  const place = { productId: product.id, warehouseId: warehouse.id };
  await ask('inventory.adjust', {
    ...place,
    quantity: '3',
    unitCost: cost,
    reason: 'opening',
    note: `${word} opening`,
  });
  const kept = await ask('products.create', {
    sku: code('K'),
    name: `${word} syrup`,
    category: `${word} parts`,
    hsnCode: '3004',
    tracksLots: true,
  });
  await ask('inventory.adjust', {
    ...place,
    productId: kept.id,
    quantity: '3',
    unitCost: cost,
    reason: 'opening',
    lot: code('LOT'),
  });

  const purchase = async (quantity: string, unitPrice: string) =>
    ask<Order>('purchaseOrders.create', {
      vendorId: vendor.id,
      warehouseId: warehouse.id,
      vendorReference: `${word} ref`,
      notes: `${word} notes`,
      lines: [{ productId: product.id, quantity, unitPrice, note: word }],
    });
  const version = ({ id, version }: Known) => ({ id, version });
  await purchase('1', cost);
  await ask('purchaseOrders.submit', version(await purchase('90000', cost)));
  const waiting = await ask<Order>('purchaseOrders.submit', version(await purchase('80000', cost)));
  const approved = await ask<Order>('purchaseOrders.approve', version(waiting), approver);
  await ask('purchaseOrders.receive', {
    ...version(approved),
    deliveryNote: `${word} slip`,
    lines: [{ lineId: approved.lines[0]?.id, quantity: '10', lot: `${word} lot` }],
  });
  await ask('purchaseOrders.submit', version(await purchase('2', cost)));

  const sale = (quantity: string) =>
    ask<Order>('salesOrders.create', {
      customerId: customer.id,
      warehouseId: warehouse.id,
      customerReference: `${word} ref`,
      notes: `${word} notes`,
      lines: [{ productId: product.id, quantity, unitPrice: '9999', note: word }],
    });
  await sale('1');
  const confirmed = await ask<Order>('salesOrders.confirm', version(await sale('2')));
  const shipped = await ask<Order>('salesOrders.ship', {
    ...version(confirmed),
    trackingNumber: `${word} track`,
    carrier: `${word} carrier`,
    lines: [{ lineId: confirmed.lines[0]?.id, quantity: '1' }],
  });
  await ask('salesOrders.recordPayment', { ...version(shipped), amount: '5', reference: `${word} cheque` });
  await ask('salesOrders.confirm', version(await sale('900')));
}
