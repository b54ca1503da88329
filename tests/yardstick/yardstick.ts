import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { updateVendorSchema } from '../../server/domains/vendors/vendors.contract.ts';
import { permissions } from '../../server/permissions/permissions.contract.ts';
import { copies, fewestLines } from './copies.ts';

/**
 * How much has to be touched to grow the product, counted in the sources as they stand: `npm run yardstick`. It
 * fails where a figure is above what is wanted.
 */
const root = join(import.meta.dirname, '../..');

/** What people write by hand and ship; the demo company and the catalogues of words aside. */
const sources = globSync('{server,renderer,electron}/**/*.{ts,tsx}', { cwd: root })
  .filter(
    (file) => !/\.test\.tsx?$|\/testing\/|^server\/local\/|^renderer\/words\/|tenant-schema\.ts$/.test(file),
  )
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

const naming = (pattern: RegExp, among = sources) => among.filter(({ text }) => pattern.test(text));

interface Figure {
  what: string;
  figure: number;
  /** More than that is refused. */
  most?: number;
  /** What is wanted and not reached everywhere yet. */
  aim?: number;
  detail: string;
}

const folders = (domain: string) =>
  sources.filter(
    ({ file }) =>
      file.startsWith(`server/domains/${domain}/`) || file.startsWith(`renderer/domains/${domain}/`),
  );

/** Every field that can be changed of a vendor: the files of the vendors that name it, and the migration that made it. */
function vendorFields(): Figure[] {
  const own = folders('vendors');
  const fields = Object.keys(updateVendorSchema.shape)
    .filter((field) => !['id', 'version', 'code', 'name', 'status'].includes(field))
    .map((field) => {
      const column = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      return { field, files: naming(new RegExp(`\\b(${field}|${column})\\b`), own).length + 1 };
    });
  const sorted = fields.toSorted((one, other) => one.files - other.files);
  const [least, most] = [sorted[0], sorted.at(-1)];
  const detail = `${String(fields.length)} fields; least ${least?.field ?? ''} ${String(least?.files)}, most ${most?.field ?? ''} ${String(most?.files)}`;
  const median = sorted[Math.floor(sorted.length / 2)]?.files ?? 0;
  return [{ what: 'Files of a vendor field, with its migration (median)', figure: median, most: 5, detail }];
}

/** Every permission: the files that name it in full. */
function permissionFiles(): Figure[] {
  const counted = permissions
    .map((permission) => ({
      permission,
      files: naming(new RegExp(`'${permission}'`)).map(({ file }) => file),
    }))
    .toSorted((one, other) => one.files.length - other.files.length);
  const most = counted.at(-1);
  const median = counted[Math.floor(counted.length / 2)];
  return [
    {
      what: 'Files that name a permission (median)',
      figure: median?.files.length ?? 0,
      most: 2,
      detail: `of ${String(counted.length)}; most ${most?.permission ?? ''} ${String(most?.files.length)}`,
    },
  ];
}

/** A document kind: the lines that name it outside of its own folders, and those of the kernel that name the toy. */
function documentKinds(): Figure[] {
  const kinds = [
    { kind: 'purchase orders', domain: 'purchase-orders', pattern: /purchase[-_ ]?orders?/i },
    { kind: 'sales orders', domain: 'sales-orders', pattern: /sales[-_ ]?orders?/i },
  ];
  const elsewhere = globSync('tests/fixtures/toy-document/lines/*.ts', { cwd: root }).map((file) => ({
    file: file.slice(file.lastIndexOf('/') + 1),
    lines: readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length,
  }));
  // What a test doesn't add must not stand in the product either.
  const named = naming(
    /\bquotations?(Kind|Screens|Router|_|')|fire_drill|fireDrill|\brelocations?(Kind|_|')/,
  );
  const standing = kinds.map(({ kind, domain, pattern }) => {
    const own = new Set(folders(domain));
    const lines = sources
      .filter((source) => !own.has(source))
      .map(({ file, text }) => ({
        file,
        lines: text.split('\n').filter((line) => pattern.test(line)).length,
      }))
      .filter(({ lines: named }) => named > 0)
      .toSorted((one, other) => other.lines - one.lines);
    const most = lines.slice(0, 6).map(({ file, lines: named }) => `${file} ${String(named)}`);
    return {
      what: `Lines that name ${kind} outside of their folders`,
      figure: lines.reduce((sum, { lines: named }) => sum + named, 0),
      detail: `${String(lines.length)} files; ${most.join(', ')}`,
    };
  });
  return [
    {
      what: 'Lines elsewhere that a new document kind needs',
      figure: elsewhere.reduce((sum, { lines }) => sum + lines, 0) + named.length,
      most: 3,
      detail: `its rights, duties, refusals and words included; of the toys, with which their tests run the API and the app: ${[...elsewhere.map(({ file, lines }) => `${file} ${String(lines)}`), ...named.map(({ file }) => `${file} names one`)].join(', ')}`,
    },
    ...standing,
  ];
}

async function copied(): Promise<Figure> {
  const found = await copies(root);
  return {
    what: `Copies of ${String(fewestLines)} lines or more, the whole product`,
    figure: found.length,
    most: 0,
    detail: found.join(', '),
  };
}

const figures = [...vendorFields(), ...permissionFiles(), ...documentKinds(), await copied()];
const widest = Math.max(...figures.map(({ what }) => what.length));
for (const { what, figure, most, aim = most, detail } of figures) {
  const target = aim === undefined ? '' : `wanted ≤ ${String(aim)}`;
  console.log(`${what.padEnd(widest)}  ${String(figure).padStart(4)}  ${target.padEnd(11)}  ${detail}`);
}
const beyond = figures.filter(({ figure, most }) => most !== undefined && figure > most);
if (beyond.length > 0) {
  console.error(`More than wanted: ${beyond.map(({ what }) => what).join('; ')}`);
  process.exitCode = 1;
}
