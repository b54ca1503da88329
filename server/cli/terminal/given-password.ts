import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { UsageError } from './usage-error.ts';
import { words } from '../words/words.ts';

/** The source of a password: everybody on the machine can read a command line. */
interface Terminal {
  input: Readable & { isTTY?: boolean };
  output: Writable;
}

const thisTerminal: Terminal = { input: process.stdin, output: process.stderr };

/**
 * The password that `--<name>-from=prompt|stdin|FILE` leads to: typed unseen, or the first line of what is piped in or
 * of a file. Undefined when the flag is not given.
 * @throws UsageError for one that was written into the command line, can't be read, or is empty.
 */
export async function givenPassword<Name extends string>(
  name: Name,
  values: Partial<Record<Name | `${Name}-from`, string>>,
  terminal: Terminal = thisTerminal,
): Promise<string | undefined> {
  if (values[name] !== undefined) {
    throw new UsageError(words('password.in_command_line', { flag: name }));
  }
  const from = values[`${name}-from`];
  if (from === undefined) return undefined;
  const password = await passwordFrom(name, from, terminal);
  if (password === '') throw new UsageError(words('password.none', { flag: name, from }));
  return password;
}

async function passwordFrom(name: string, from: string, terminal: Terminal): Promise<string> {
  if (from === 'prompt') return typed(name, terminal);
  if (from === 'stdin') return firstLine(await textOf(terminal.input));
  try {
    return firstLine(await readFile(from, 'utf8'));
  } catch {
    throw new UsageError(words('password.file', { flag: name, from }));
  }
}

/** Asks at the terminal, and shows nothing of what is typed. */
export async function typed(
  name: string,
  { input, output }: Terminal = thisTerminal,
  question = words('password.ask'),
): Promise<string> {
  if (input.isTTY !== true) throw new UsageError(words('password.terminal', { flag: name }));
  const reader = createInterface({ input, terminal: true });
  output.write(question);
  try {
    return await new Promise<string>((resolve, reject) => {
      reader.once('line', resolve);
      reader.once('close', () => reject(new UsageError(words('password.not_typed'))));
    });
  } finally {
    reader.close();
    output.write('\n');
  }
}

export async function textOf(input: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks).toString('utf8');
}

/** An editor, `echo` and Windows end a line each in their way; anything else belongs to the password. */
const firstLine = (text: string) => /^[^\r\n]*/.exec(text)?.[0] ?? '';
