import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { problemOf, testPlatform } from '../../../tests/fixtures/tenant.ts';
import type { TestPlatform, TestTenant } from '../../../tests/fixtures/tenant.ts';
import { readGs1 } from '../../ground/gs1/reading.contract.ts';
import { trpc } from '../../ladder/trpc.ts';
import { TenantPool } from '../../tenancy/pools/tenant-pool.ts';
import { inventoryRouter } from '../inventory/inventory.router.ts';
import { lotsRouter } from '../inventory/lots.router.ts';
import { productsRouter } from '../products/products.router.ts';
import { warehousesRouter } from '../warehouses/warehouses.router.ts';
import { builtInTemplates } from './label-templates.contract.ts';
import { labelsRouter } from './labels.router.ts';

const labelsOf = trpc.createCallerFactory(labelsRouter);
const productsOf = trpc.createCallerFactory(productsRouter);
const inventoryOf = trpc.createCallerFactory(inventoryRouter);
const lotsOf = trpc.createCallerFactory(lotsRouter);
const warehousesOf = trpc.createCallerFactory(warehousesRouter);

let platform: TestPlatform;
let acme: TestTenant;
let clerk: ReturnType<typeof labelsOf>;
let folder: string;
const ean = '8901234567890';
let bolt: { id: string };
let plain: { id: string };
let bin: { id: string };
let warehouseId: string;

beforeAll(async () => {
  const wasm = readFileSync(path.resolve('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm'));
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length);
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  folder = mkdtempSync(path.join(os.tmpdir(), 'qm-labels-'));
  platform = await testPlatform();
  acme = await platform.tenant('acme');
  clerk = labelsOf(await acme.as('warehouse'));
  const owner = await acme.as('owner');
  bolt = await product({ sku: 'BLT-M8', name: 'हेक्स बोल्ट M8 × 40, ज़िंक चढ़ा हुआ', barcodes: [ean] });
  plain = await product({ sku: 'WSH_08/A^~\\>'.replaceAll(/[\^~\\>]/g, '-'), name: 'Washer', barcodes: [] });
  const warehouse = await warehousesOf(owner).create({ code: 'W1', name: 'Bhiwandi' });
  warehouseId = warehouse.id;
  bin = await warehousesOf(owner).createBin({ warehouseId: warehouse.id, code: 'A-01-02', name: 'Rack A' });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await platform.close();
});

let made = 0;
async function product(given: { sku?: string; name?: string; barcodes?: string[] }) {
  return productsOf(await acme.as('owner')).create({
    sku: `P-${String((made += 1))}`,
    name: `Product ${String(made)}`,
    hsnCode: '7318',
    taxClass: 'GST18',
    tracksLots: true,
    ...given,
  });
}

/** A lot that came in, which has this last day. */
async function lot({ number, productId = bolt.id, expiresOn }: Partial<Record<string, string>>) {
  const owner = await acme.as('owner');
  const stock = { productId, warehouseId, quantity: '5', unitCost: '1', reason: 'opening' as const };
  await inventoryOf(owner).adjust({ ...stock, lot: number });
  const { items } = await lotsOf(owner).list({ filter: { productId }, limit: 100 });
  const { id = '', version = 0 } = items.find((one) => one.number === number) ?? {};
  if (expiresOn !== undefined) await lotsOf(owner).update({ id, version, expiresOn, reason: 'On the box' });
  return id;
}

interface Page {
  width: number;
  height: number;
  codes: { format: string; text: string }[];
}

/** The pages of a PDF as poppler draws them at 300 dpi, and what a decoder reads in each picture. */
async function printed(pdf: string, { dpi = 300, cells = [1, 1] } = {}): Promise<Page[]> {
  const file = path.join(folder, `${String((made += 1))}.pdf`);
  writeFileSync(file, Buffer.from(pdf, 'base64'));
  execFileSync('pdftoppm', ['-r', String(dpi), '-gray', file, file.replace('.pdf', '')], { stdio: 'pipe' });
  const sizes = execFileSync('pdfinfo', ['-l', '100', file], { encoding: 'utf8' });
  const pages = [...sizes.matchAll(/Page\s+\d+ size:\s+([\d.]+) x ([\d.]+)/g)];
  const pictures = execFileSync('ls', [folder], { encoding: 'utf8' })
    .split('\n')
    .filter((name) => name.startsWith(`${path.basename(file, '.pdf')}-`));
  return Promise.all(
    pictures.map(async (name, index) => {
      const codes = await decoded(readFileSync(path.join(folder, name)), cells);
      const [, width, height] = pages[index] ?? [];
      return { width: Number(width), height: Number(height), codes };
    }),
  );
}

/** @param cells columns and rows that are looked at one by one: the decoder finds a few codes in a picture, not dozens */
async function decoded(
  pgm: Buffer,
  [columns = 1, rows = 1]: number[],
): Promise<{ format: string; text: string }[]> {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.subarray(0, 40).toString('latin1'));
  const [all = '', width = '', height = ''] = head ?? [];
  const grey = pgm.subarray(all.length);
  const [cellWidth, cellHeight] = [Math.floor(Number(width) / columns), Math.floor(Number(height) / rows)];
  const found: { format: string; text: string }[] = [];
  for (let cell = 0; cell < columns * rows; cell += 1) {
    const left = (cell % columns) * cellWidth;
    const top = Math.floor(cell / columns) * cellHeight;
    const data = new Uint8ClampedArray(cellWidth * cellHeight * 4).fill(255);
    for (let at = 0; at < cellWidth * cellHeight; at += 1) {
      const value = grey[(top + Math.floor(at / cellWidth)) * Number(width) + left + (at % cellWidth)] ?? 255;
      data.fill(value, at * 4, at * 4 + 3);
    }
    const picture = {
      width: cellWidth,
      height: cellHeight,
      data,
      colorSpace: 'srgb',
    } as unknown as ImageData;
    const read = await readBarcodes(picture, { tryHarder: true, textMode: 'Plain' });
    found.push(...read.map(({ format, text }) => ({ format, text })));
  }
  return found;
}

const points = (mm: number) => (mm * 72) / 25.4;

describe('a label as PDF', () => {
  test.each(builtInTemplates.map(({ key, width, height, sheet }) => ({ key, width, height, sheet })))(
    '$key is exactly as large as it says, and its codes can be read',
    async ({ key, width, height, sheet }) => {
      const answer = await clerk.render({
        kind: 'product',
        items: [{ id: bolt.id, copies: 2 }],
        template: key,
      });
      const pages = await printed(answer.content);
      expect(pages).toHaveLength(sheet ? 1 : 2);
      expect(answer).toMatchObject({
        labels: 2,
        pages: pages.length,
        missing: [],
        contentType: 'application/pdf',
      });
      for (const page of pages) {
        expect(page.width).toBeCloseTo(points(sheet?.width ?? width), 1);
        expect(page.height).toBeCloseTo(points(sheet?.height ?? height), 1);
        const linear = page.codes.filter(({ format }) => format.startsWith('EAN'));
        expect(linear.map(({ text }) => text)).toEqual(sheet ? [ean, ean] : [ean]);
      }
    },
  );

  test.each([
    ['code128', 'Code128', ean],
    ['ean13', 'EAN13', ean],
    ['qr', 'QRCode', ean],
    ['gs1_datamatrix', 'DataMatrix', `010${ean}1727033110LOT-7/A`],
  ] as const)('in %s is read back, lot and last day with it', async (symbology, format, text) => {
    for (const template of ['50x25', '100x150']) {
      const items = [{ id: bolt.id, lot: 'LOT-7/A', expiresOn: '2027-03-31' }];
      const answer = await clerk.render({ kind: 'product', items, template, symbology });
      const [page] = await printed(answer.content);
      expect(page?.codes.map((code) => code.format.replace('-', ''))).toEqual([format]);
      expect(page?.codes[0]?.text.replaceAll('\u001d', '')).toBe(text);
    }
  });

  test('of a bin has its code, and of a product without a barcode its SKU', async () => {
    const [ofBin] = await printed(
      (await clerk.render({ kind: 'bin', items: [{ id: bin.id }], template: '100x50' })).content,
    );
    expect(new Set(ofBin?.codes.map(({ text }) => text))).toEqual(new Set(['A-01-02']));
    const [ofPlain] = await printed(
      (await clerk.render({ kind: 'product', items: [{ id: plain.id }] })).content,
    );
    expect(ofPlain?.codes).toEqual([{ format: 'Code128', text: 'WSH_08/A----' }]);
  });

  test.each([
    ['50x25', undefined, ['DataMatrix']],
    ['50x25', 'qr', ['QRCode']],
    ['100x50', undefined, ['DataMatrix', 'EAN13']],
    ['a4-24', undefined, ['DataMatrix']],
  ] as const)('of a lot, %s in %s, says product, lot and last day', async (template, symbology, formats) => {
    const items = [
      { id: await lot({ number: 'LOT-7/A', expiresOn: '2027-03-31' }), copies: 3 },
      { id: await lot({ number: '(10)B-2' }), copies: 2 },
    ];
    const answer = await clerk.render({ kind: 'lot', items, template, symbology });
    const isSheet = template === 'a4-24';
    expect(answer).toMatchObject({ labels: 5, pages: isSheet ? 1 : 5 });
    const pages = await printed(answer.content, isSheet ? { cells: [3, 8] } : {});
    const codes = pages.flatMap((page) => page.codes);
    expect([...new Set(codes.map(({ format }) => format.replace('-', '')))].sort()).toEqual(formats);
    const said = codes.filter(({ format }) => !format.startsWith('EAN'));
    // As a scanner gives it: a DataMatrix with the sign of its kind, a QR as it is.
    const read = said.map(({ format, text }) => readGs1(format === 'QRCode' ? text : `]d2${text}`));
    const first = { gtin: `0${ean}`, lot: 'LOT-7/A', expiresOn: '2027-03-31' };
    const second = { gtin: `0${ean}`, lot: '(10)B-2', expiresOn: null };
    expect(read).toMatchObject([first, first, first, second, second]);
  });

  test('of a lot that can’t be in a GS1 code has the code of its product', async () => {
    for (const id of [
      await lot({ number: 'लॉट-५' }),
      await lot({ number: 'L'.repeat(21) }),
      await lot({ number: 'L-1', productId: plain.id }),
    ]) {
      const answer = await clerk.render({ kind: 'lot', items: [{ id, copies: 2 }] });
      const pages = await printed(answer.content);
      const [code, ...others] = new Set(pages.flatMap(({ codes }) => codes.map(({ text }) => text)));
      expect([ean, 'WSH_08/A----']).toContain(code);
      expect(others).toEqual([]);
      const strict = clerk.render({ kind: 'lot', items: [{ id }], symbology: 'gs1_datamatrix' });
      expect((await problemOf(strict)).extras.fields).toMatchObject([{ path: 'items.0' }]);
    }
  });

  test('begins on a used sheet behind the labels that are gone, and goes on to the next', async () => {
    const answer = await clerk.render({
      kind: 'product',
      items: [{ id: bolt.id, copies: 26 }],
      template: 'a4-24',
      skip: 23,
    });
    const pages = await printed(answer.content, { dpi: 200, cells: [3, 8] });
    expect(pages.map(({ codes }) => codes.length)).toEqual([1, 24, 1]);
    expect(answer.pages).toBe(3);
  });

  test('takes 5,000 different labels in one go, in bounded time and memory', async () => {
    const names = ['स्टेनलेस स्टील नट M8', 'Hex bolt, zinc plated', 'Ø 12 mm washer'];
    await acme.query(
      `insert into products (id, tenant_id, sku, name, hsn_code, tax_class)
       select gen_random_uuid(), $1, 'MANY-' || n, ($2::text[])[1 + n % 3] || ' ' || n, '7318', 'GST18' from generate_series(1, 5000) n`,
      [acme.id, names],
    );
    const rows = await acme.query<{ id: string }>(`select id from products where sku like 'MANY-%'`);
    for (const format of ['pdf', 'zpl'] as const) {
      const before = performance.now();
      const answer = await clerk.render({ kind: 'product', items: rows.map(({ id }) => ({ id })), format });
      const seconds = (performance.now() - before) / 1000;
      expect(answer).toMatchObject({ labels: 5000, pages: 5000 });
      expect(seconds, format).toBeLessThan(30);
      expect(answer.content.length, format).toBeLessThan(40e6);
    }
    const [first] = rows;
    const many = await problemOf(
      clerk.render({
        kind: 'product',
        items: [
          { id: first?.id ?? '', copies: 2 },
          { id: bolt.id, copies: 4999 },
        ],
      }),
    );
    expect(many.message).toContain('At most 5,000 labels are made at once: these are 5001.');
  }, 120_000);

  test('is drawn after the connection was given back: a large batch keeps nobody from the database', async () => {
    const items = Array.from({ length: 2500 }, (_each, at) => ({
      id: at % 2 === 0 ? bolt.id : plain.id,
      lot: `L${String(at)}`,
    }));
    const pool = acme.source;
    if (!(pool instanceof TenantPool)) throw new Error('A tenant is reached by its pool.');
    let isDone = false;
    const answer = clerk.render({ kind: 'product', items, template: '100x50' }).finally(() => {
      isDone = true;
    });
    const inUse: number[] = [];
    while (!isDone) {
      inUse.push(pool.inUse);
      await setImmediate();
    }
    expect((await answer).labels).toBe(2500);
    // Read at first, then nothing but drawn.
    const given = inUse.indexOf(0, inUse.indexOf(1));
    expect(inUse.slice(0, given)).toContain(1);
    expect(inUse.length - given).toBeGreaterThan(50);
    expect(new Set(inUse.slice(given))).toEqual(new Set([0]));
  }, 60_000);
});

interface Parsed {
  width: number;
  length: number;
  copies: number;
  fields: { x: number; y: number; command: string; data: string; hex: boolean }[];
}

/** The commands of ZPL labels that were made here, read by their grammar. */
function parsedZpl(zpl: string): Parsed[] {
  return zpl
    .split('^XZ')
    .filter((label) => label.trim() !== '')
    .map((label) => ({
      width: Number(/\^PW(\d+)/.exec(label)?.[1]),
      length: Number(/\^LL(\d+)/.exec(label)?.[1]),
      copies: Number(/\^PQ(\d+),/.exec(label)?.[1]),
      fields: [...label.matchAll(/\^FO(\d+),(\d+)((?:\^B[A-Z0-9][^^]*)+)(\^FH\\)?\^FD([^^]*)\^FS/g)].map(
        ([, x, y, command = '', hex, data = '']) => ({
          x: Number(x),
          y: Number(y),
          command,
          hex: hex !== undefined,
          data: hex
            ? data.replaceAll(/\\([0-9A-F]{2})/g, (_all, byte: string) =>
                String.fromCharCode(parseInt(byte, 16)),
              )
            : data,
        }),
      ),
    }));
}

describe('a label as ZPL', () => {
  test.each([
    [203, 400, 200],
    [300, 591, 295],
  ] as const)(
    'at %i dpi has the dots of its millimetres, and whole dots for every module',
    async (dpi, width, length) => {
      const items = [{ id: bolt.id, copies: 3, lot: 'L_7', expiresOn: '2027-03-31' }];
      const zpl = async (symbology?: 'qr' | 'gs1_datamatrix' | 'code128') =>
        parsedZpl((await clerk.render({ kind: 'product', items, format: 'zpl', dpi, symbology })).content)[0];
      const module = dpi === 203 ? 3 : 5;
      const usual = await zpl();
      expect(usual).toMatchObject({ width, length, copies: 3 });
      expect(usual?.fields).toEqual([
        expect.objectContaining({
          command: `^BY${String(module)}^BEN,${String(Math.round(11.8 * (dpi === 203 ? 8 : 300 / 25.4)))},N,N`,
          data: ean.slice(0, 12),
        }),
      ]);
      expect((await zpl('qr'))?.fields[0]).toMatchObject({ data: `MA,${ean}` });
      // In Code 128 thirteen digits are six pairs and one; `>;` begins in subset C, `>6` goes to B.
      expect((await zpl('code128'))?.fields[0]?.data).toBe('>;890123456789>60');
      // `_1` is FNC1 and `__` an underscore, with `_` as the printer's escape.
      expect((await zpl('gs1_datamatrix'))?.fields[0]).toMatchObject({ data: `_1010${ean}1727033110L__7` });
    },
  );

  test('keeps what a name or a barcode would command', async () => {
    const name = '^XZ~JR^XA^FD Trap';
    const barcode = `^~_\\>"'1234`;
    const trap = await product({ name, barcodes: [barcode] });
    const { content } = await clerk.render({ kind: 'product', items: [{ id: trap.id }], format: 'zpl' });
    expect(content.match(/\^XA/g)).toHaveLength(1);
    expect(content.match(/\^XZ/g)).toHaveLength(1);
    expect(content).not.toContain('~JR');
    const [label] = parsedZpl(content);
    expect(label?.fields[0]?.data).toBe(`>:${barcode.slice(0, -4).replace('>', '>0')}>51234`);
    const [page] = await printed((await clerk.render({ kind: 'product', items: [{ id: trap.id }] })).content);
    expect(page?.codes).toEqual([{ format: 'Code128', text: barcode }]);
  });

  test('stays on the label, text as well', async () => {
    const { content } = await clerk.render({
      kind: 'product',
      items: [{ id: bolt.id }],
      format: 'zpl',
      template: '100x50',
    });
    const pictures = [...content.matchAll(/\^FO(\d+),(\d+)\^GFA,(\d+),\d+,(\d+),([^^]*)\^FS/g)];
    expect(pictures.length).toBeGreaterThan(3);
    for (const [, x, y, bytes, row, data = ''] of pictures) {
      const rows = unpackedRows(data, Number(row));
      expect(rows).toHaveLength(Number(bytes) / Number(row));
      expect(rows.every((each) => each.length === Number(row) * 2)).toBe(true);
      expect(Number(x) + Number(row) * 8).toBeLessThanOrEqual(800 + 8);
      expect(Number(y) + rows.length).toBeLessThanOrEqual(400);
    }
  });

  test('is not for a sheet', async () => {
    const sheet = await problemOf(
      clerk.render({ kind: 'product', items: [{ id: bolt.id }], format: 'zpl', template: 'a4-24' }),
    );
    expect(sheet.extras.fields).toMatchObject([{ path: 'format', reason: 'label.sheet_on_roll' }]);
  });
});

/** ZPL's shorthand spelt out again, row by row. */
function unpackedRows(data: string, bytesPerRow: number): string[] {
  const rows: string[] = [];
  let row = '';
  let count = 0;
  for (const sign of data) {
    if (sign >= 'G' && sign <= 'Y') count += sign.charCodeAt(0) - 70;
    else if (sign >= 'g' && sign <= 'z') count += (sign.charCodeAt(0) - 102) * 20;
    else if (sign === ':') rows.push(rows.at(-1) ?? '');
    else if (sign === ',') row = row.padEnd(bytesPerRow * 2, '0');
    else {
      row += sign.repeat(Math.max(1, count));
      count = 0;
    }
    if (row.length === bytesPerRow * 2) {
      rows.push(row);
      row = '';
    }
  }
  return rows;
}

describe('a label that can’t be', () => {
  test('is refused, naming the item and what is wrong with it', async () => {
    const long = await product({ barcodes: ['X'.repeat(48)] });
    const items = [{ id: bolt.id }, { id: long.id }];
    const refusal = async (input: Parameters<typeof clerk.render>[0]) =>
      (await problemOf(clerk.render(input))).extras.fields?.map(
        ({ path: at, message }) => `${at}: ${message}`,
      );
    const [wide] = (await refusal({ kind: 'product', items })) ?? [];
    expect(wide).toMatch(
      /^items\.1: The code X{48} of Product \d+ doesn’t fit on this label: it needs [\d.]+ mm and has 48\.0 mm\./,
    );
    expect(await refusal({ kind: 'product', items: [{ id: plain.id }], symbology: 'ean13' })).toEqual([
      'items.0: WSH_08/A---- has no EAN-13 or UPC-A among its barcodes.',
    ]);
    expect(
      await refusal({ kind: 'product', items: [{ id: plain.id }], symbology: 'gs1_datamatrix' }),
    ).toEqual(['items.0: WSH_08/A---- has no GTIN among its barcodes: a GS1 code needs one.']);
    expect(
      (
        await refusal({ kind: 'product', items: [{ id: bolt.id, lot: 'लॉट' }], symbology: 'gs1_datamatrix' })
      )?.[0],
    ).toMatch(/^items\.0: Lot लॉट can’t stand/);
    expect((await problemOf(clerk.render({ kind: 'product', items: [{ id: uuidv7() }] }))).code).toBe(
      'NOT_FOUND',
    );
    expect((await problemOf(clerk.render({ kind: 'bin', items: [{ id: bolt.id }] }))).code).toBe('NOT_FOUND');
    const ofLot = { kind: 'lot' as const, id: await lot({ number: 'L-OWN' }) };
    for (const { kind, id } of [ofLot, { kind: 'bin' as const, id: bin.id }]) {
      for (const given of [{ lot: 'L-2' }, { expiresOn: '2027-01-31' }]) {
        const fields = (await problemOf(clerk.render({ kind, items: [{ id }, { id, ...given }] }))).extras
          .fields;
        expect(fields).toMatchObject([{ path: `items.1.${Object.keys(given)[0] ?? ''}` }]);
      }
    }
    expect((await refusal({ kind: 'product', items: [{ id: bolt.id }], template: 'none' }))?.[0]).toContain(
      'There is no label',
    );
  });

  test('is for those who may print, and may read what is printed', async () => {
    const items = [{ id: bolt.id }];
    expect((await problemOf(labelsOf(await acme.as('viewer')).render({ kind: 'product', items }))).code).toBe(
      'FORBIDDEN',
    );
    const printer = labelsOf(await acme.as([], ['labels:print']));
    expect((await problemOf(printer.render({ kind: 'product', items }))).code).toBe('FORBIDDEN');
    const lots = { kind: 'lot' as const, items: [{ id: await lot({ number: 'L-FORBIDDEN' }) }] };
    for (const rights of [['inventory:read'], ['products:read']]) {
      const half = labelsOf(await acme.as([], ['labels:print', ...rights]));
      expect((await problemOf(half.render(lots))).code).toBe('FORBIDDEN');
    }
    const other = labelsOf(await (await platform.tenant('globex')).as('owner'));
    expect((await problemOf(other.render({ kind: 'product', items }))).code).toBe('NOT_FOUND');
    expect((await problemOf(other.render(lots))).code).toBe('NOT_FOUND');
  });

  test('has a box in place of a letter that no font has, and says so', async () => {
    const odd = await product({ name: '漢字 Bolt' });
    const answer = await clerk.render({ kind: 'product', items: [{ id: odd.id }], format: 'svg' });
    expect(answer.missing).toEqual(['漢', '字']);
    expect(answer.content).toMatch(/^<svg [^>]*width="50mm" height="25mm"/);
  });
});

test('whatever is printed as GS1 DataMatrix is read back as it was', async () => {
  const cases = fc.sample(
    fc.record({
      lot: fc
        .array(fc.constantFrom(...'!"%&\'()*+,-./09:;<=>?AZ_az'), { minLength: 1, maxLength: 20 })
        .map((all) => all.join('')),
      expiresOn: fc
        .date({ min: new Date('2026-01-01'), max: new Date('2070-12-31'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10)),
    }),
    12,
  );
  for (const { lot, expiresOn } of cases) {
    const items = [{ id: bolt.id, lot, expiresOn }];
    const answer = await clerk.render({
      kind: 'product',
      items,
      template: '100x50',
      symbology: 'gs1_datamatrix',
    });
    const [page] = await printed(answer.content);
    expect(readGs1(`]d2${page?.codes[0]?.text ?? ''}`), lot).toMatchObject({
      gtin: `0${ean}`,
      lot,
      expiresOn,
    });
  }
});
