import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { UsageError } from '../terminal/usage-error.ts';
import { words } from '../words/words.ts';

interface Component {
  'bom-ref': string;
  type: string;
  name: string;
  version: string;
  purl?: string;
  properties?: { name: string; value: string }[];
}

interface Bill {
  serialNumber: string;
  metadata: { timestamp?: string; component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

/**
 * The components of a release, as CycloneDX: npm's own account of the dependencies that are bundled, and Electron,
 * which npm counts among the tools. The same sources give the same text.
 * @throws UsageError when npm can't tell
 */
export async function billOfMaterials(repoRoot: string, version: string): Promise<string> {
  const args = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'];
  const npm = process.env.npm_execpath;
  const own = npm !== undefined && /npm-cli\.c?js$/.test(npm);
  const command = own ? process.execPath : 'npm';
  const { stdout } = await promisify(execFile)(command, own ? [npm, ...args] : args, {
    cwd: repoRoot,
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32' && !own,
  }).catch((cause: unknown) => {
    throw new UsageError(words('release.no_bill'), { cause });
  });
  const bill = JSON.parse(stdout) as Bill;
  // npm's own `--omit=dev` also leaves out what a tool wants as its peer, such as React.
  const isTool = ({ properties }: Component) =>
    properties?.some(({ name }) => name === 'cdx:npm:package:development') ?? false;
  const tools = new Set(bill.components.filter(isTool).map((component) => component['bom-ref']));
  bill.components = bill.components.filter((component) => !tools.has(component['bom-ref']));
  bill.dependencies = bill.dependencies
    .filter(({ ref }) => !tools.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => !tools.has(other)) }));
  delete bill.metadata.timestamp;
  const manifest = JSON.parse(await readFile(path.join(repoRoot, 'package.json'), 'utf8')) as {
    devDependencies: { electron: string };
  };
  Object.assign(bill.metadata.component, {
    'bom-ref': `quartermaster@${version}`,
    type: 'application',
    name: 'quartermaster',
    version,
    purl: `pkg:npm/quartermaster@${version}`,
  });
  const electron = manifest.devDependencies.electron;
  bill.components.push({
    'bom-ref': `electron@${electron}`,
    type: 'framework',
    name: 'electron',
    version: electron,
    purl: `pkg:npm/electron@${electron}`,
  });
  bill.serialNumber = '';
  bill.serialNumber = `urn:uuid:${idFrom(JSON.stringify(bill))}`;
  return `${JSON.stringify(bill, undefined, 1)}\n`;
}

/** A name-like UUID (version 8, RFC 9562) of a text. */
function idFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
