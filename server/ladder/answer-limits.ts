import type { FieldProblem } from '../ground/errors.contract.ts';
import type { Parameter, Parameters } from '../ground/reasons/reasons.contract.ts';

/**
 * How much of a request its answer may repeat, in characters. Names of fields and words of messages may come from the
 * sender. A short one that is in the answer already isn't counted twice: it is a field's own name, or the same
 * complaint about every line.
 */
const longestShort = 20;
const longestName = 60;
const longestPath = 200;
const longestMessage = 400;
const longestParameter = 200;
const mostListed = 20;
const namesInAll = 300;
const wordsInAll = 1_000;
/** The fields as they stand in the answer, whatever they repeat. */
const charactersInAll = 5_000;

/** A message for the wire. */
export function boundedMessage(message: string): string {
  return message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message;
}

/** Parameters for the wire. */
export function boundedParameters(parameters: Parameters): Record<string, Parameter> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]): [string, Parameter] => {
      if (typeof value === 'number') return [name, value];
      if (typeof value === 'string') return [name, value.slice(0, longestParameter)];
      return [name, value.slice(0, mostListed).map((one) => one.slice(0, longestParameter))];
    }),
  );
}

function textsIn(parameters: Parameters): string[] {
  return Object.values(parameters).flatMap((value) => (typeof value === 'number' ? [] : value));
}

/** The path of a field for the wire. */
export function boundedPath(path: string): string {
  return path
    .slice(0, 1_000)
    .split('.')
    .map((name) => name.slice(0, longestName))
    .join('.')
    .slice(0, longestPath);
}

/** As many of the fields as the answer may name, and always the first. */
export function boundedFields(fields: readonly FieldProblem[]): FieldProblem[] {
  const names = new Budget(namesInAll);
  const words = new Budget(wordsInAll);
  let characters = 0;
  const named: FieldProblem[] = [];
  for (const field of fields) {
    const path = boundedPath(field.path);
    const message = boundedMessage(field.message);
    const parameters = field.parameters && boundedParameters(field.parameters);
    const shown = { ...field, path, message, ...(parameters && { parameters }) };
    characters += JSON.stringify(shown).length;
    const fits = [
      characters <= charactersInAll,
      names.take(path.split('.')),
      words.take([...message.split(/\s+/), ...textsIn(parameters ?? {})]),
    ].every(Boolean);
    if (!fits && named.length > 0) break;
    named.push(shown);
  }
  return named;
}

class Budget {
  readonly #known = new Set<string>();
  #left: number;

  constructor(characters: number) {
    this.#left = characters;
  }

  /** Whether the parts fit into what is left. */
  take(parts: readonly string[]): boolean {
    for (const part of parts) {
      if (this.#known.has(part)) continue;
      if (part.length <= longestShort) this.#known.add(part);
      this.#left -= part.length;
    }
    return this.#left >= 0;
  }
}
