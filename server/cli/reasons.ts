/**
 * `npm run reasons`: writes docs/reasons.md from the catalogue and from where the server gives each reason. `npm run check`
 * runs it with `--verify`, which changes nothing and fails when the file says something else.
 */
import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { format, resolveConfig } from 'prettier';
import { errorCodes } from '../ground/errors.contract.ts';
import { english, messages } from '../ground/reasons/reasons.contract.ts';
import type { Reason } from '../ground/reasons/reasons.contract.ts';

const serverRoot = path.resolve(import.meta.dirname, '..');
const file = path.resolve(serverRoot, '../docs/reasons.md');

/** The reason's code for a call that takes a reason without naming the code itself. */
const codeOfCall: readonly (readonly [call: RegExp, code: string])[] = [
  ...errorCodes.map((code) => [new RegExp(`'${code}'`, 'g'), code] as const),
  [/\b(invalidField|invalidAt|invalid|refusedField|refusal|refuseFields)\(|: Reason\b|Reason>/g, 'INVALID'],
  [/\brefuse(dAt)?\(|: Said \| null/g, 'INVALID'],
  [/\bunavailable\(/g, 'UNAVAILABLE'],
  [/\bunauthenticated\(/g, 'UNAUTHENTICATED'],
  [/\b(requireStanding|notInState)\(/g, 'NOT_ALLOWED_IN_STATE'],
  [/\bRateLimiter\(|PlainReason = /g, 'RATE_LIMITED'],
];

/** How far from a reason the code may stand that it is given with. */
const reach = 400;

function codeNear(text: string, at: number): string | undefined {
  const nearest = (part: string, last: boolean) => {
    const places = codeOfCall.flatMap(([call, code]) =>
      [...part.matchAll(call)].map(({ index }) => ({ code, index })),
    );
    places.sort((a, b) => (last ? b.index - a.index : a.index - b.index));
    return places[0]?.code;
  };
  // The same statement counts first, then what uses it, then what leads to it.
  const before = text.slice(Math.max(0, at - reach), at);
  const statement = before.slice(Math.max(before.lastIndexOf(';'), before.lastIndexOf('{\n')) + 1);
  return nearest(statement, true) ?? nearest(text.slice(at, at + reach), false) ?? nearest(before, true);
}

async function codesOfReasons(): Promise<Map<Reason, Set<string>>> {
  const codes = new Map((Object.keys(english) as Reason[]).map((reason) => [reason, new Set<string>()]));
  const sources = globSync('**/*.ts', { cwd: serverRoot })
    .filter((name) => !/^ground\/reasons\/|\.vocabulary\.|\.test\./.test(name))
    .sort();
  for (const name of sources) {
    const text = await readFile(path.join(serverRoot, name), 'utf8');
    for (const { 1: reason, index } of text.matchAll(/'([a-z_]+(?:\.[a-z_]+)?)'/g)) {
      const code = codeNear(text, index);
      if (code !== undefined) codes.get(reason as Reason)?.add(code);
    }
  }
  return codes;
}

const parametersIn = (message: string) => [
  ...new Set([...message.matchAll(/\{(\w+)(?=[,}])/g)].map(([, name = '']) => name)),
];

const rows = [...(await codesOfReasons())].map(([reason, codes]) => {
  if (codes.size === 0) throw new Error(`Nothing tells which code ${reason} comes with.`);
  const parameters = parametersIn(english[reason]).map((name) => `\`${name}\``);
  const shown = (message: string) => message.replaceAll('|', '\\|');
  const cells = [
    `\`${reason}\``,
    [...codes].sort().join(', '),
    parameters.join(', '),
    shown(messages.en[reason]),
    shown(messages.hi[reason]),
  ];
  return `| ${cells.join(' | ')} |`;
});

const text = await format(
  `# Reasons

Written by \`npm run reasons\` from \`server/ground/reasons\` and \`server/ground/vocabulary\`; not by hand. What \`error.data.reason\` and the \`reason\` of a
field can be, the codes they come with, what their message is filled in with, and the message in each language (ICU).

<!-- prettier-ignore -->
| Reason | Code | Parameters | English | Hindi |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`,
  { ...(await resolveConfig(file)), filepath: file },
);

if (!process.argv.includes('--verify')) {
  await writeFile(file, text);
} else if ((await readFile(file, 'utf8')) !== text) {
  process.stderr.write('docs/reasons.md is not what the server says: run npm run reasons.\n');
  process.exitCode = 1;
}
