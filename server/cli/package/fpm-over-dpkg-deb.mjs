#!/usr/bin/env node
/**
 * Stands in for fpm, which electron-builder calls to make a .deb and which only GitHub offers. It takes the arguments that
 * electron-builder gives, and dpkg-deb does the work.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

const withoutValue = new Set(['--force', '--debug']);

/** @returns {{ options: Map<string, string[]>, sources: string[] }} */
function parse(args) {
  const options = new Map();
  const sources = [];
  for (let at = 0; at < args.length; at += 1) {
    const argument = args[at];
    if (withoutValue.has(argument)) continue;
    if (argument.startsWith('-')) {
      at += 1;
      options.set(argument, [...(options.get(argument) ?? []), args[at]]);
    } else {
      sources.push(argument);
    }
  }
  return { options, sources };
}

/** A description's first line is its synopsis; the rest is indented, empty lines are a dot. */
function asField(text) {
  const [first = '', ...rest] = text.split('\n').map((line) => line.trim());
  return [first, ...rest.map((line) => ` ${line || '.'}`)].join('\n');
}

function sizeInKilobytes(folder) {
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true }))
    bytes += lstatSync(path.join(folder, entry)).size;
  return Math.ceil(bytes / 1024);
}

const { options, sources } = parse(process.argv.slice(2));
const one = (name) => options.get(name)?.at(-1);
if (one('-t') !== 'deb') {
  process.stderr.write(`Only deb packages can be made without fpm, not ${one('-t')}.\n`);
  process.exit(1);
}

const root = mkdtempSync(path.join(tmpdir(), 'quartermaster-deb-'));
try {
  chmodSync(root, 0o755);
  for (const source of sources) {
    const [from, to] = source.split('=');
    const target = path.join(root, to);
    mkdirSync(path.dirname(target), { recursive: true });
    cpSync(from, target, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  }
  const control = path.join(root, 'DEBIAN');
  mkdirSync(control, { mode: 0o755 });
  const fields = {
    Package: one('--name'),
    Version: one('--version'),
    Architecture: one('--architecture'),
    Maintainer: one('--maintainer'),
    Section: one('--category') ?? 'misc',
    Priority: one('--deb-priority') ?? 'optional',
    'Installed-Size': String(sizeInKilobytes(root)),
    Depends: options.get('-d')?.join(', '),
    Recommends: options.get('--deb-recommends')?.join(', '),
    Homepage: one('--url'),
    Description: asField(one('--description') ?? ''),
  };
  const lines = Object.entries(fields).filter(([, value]) => value);
  writeFileSync(path.join(control, 'control'), lines.map(([name, value]) => `${name}: ${value}\n`).join(''));
  for (const [option, script] of [
    ['--after-install', 'postinst'],
    ['--after-remove', 'postrm'],
  ]) {
    const file = one(option);
    if (file) writeFileSync(path.join(control, script), readFileSync(file), { mode: 0o755 });
  }
  const compression = one('--deb-compression') === 'xz' ? 'xz' : 'gzip';
  execFileSync(
    'dpkg-deb',
    ['--root-owner-group', `-Z${compression}`, '-z6', '--build', root, one('--package')],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
} finally {
  rmSync(root, { recursive: true, force: true });
}
