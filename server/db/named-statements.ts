import type { QueryConfig } from 'pg';

/**
 * Names for prepared statements. PostgreSQL then parses and plans a statement once per connection instead of at
 * every call. A text gets its name at its second use, so that statements built once only (long IN lists, bulk
 * inserts) don't fill the connections; the number of names is bounded.
 */
class NamedStatements {
  readonly #limit: number;
  readonly #longest: number;
  readonly #names = new Map<string, string>();
  #seen = new Set<string>();

  constructor(limit = 1000, longest = 20_000) {
    this.#limit = limit;
    this.#longest = longest;
  }

  /** The query for node-postgres: it has a name once its text was used before. */
  config(text: string, values: readonly unknown[]): QueryConfig {
    const name = this.#nameOf(text);
    return name === undefined
      ? { text, values: values as unknown[] }
      : { name, text, values: values as unknown[] };
  }

  #nameOf(text: string): string | undefined {
    const name = this.#names.get(text);
    if (name !== undefined || text.length > this.#longest) return name;
    if (!this.#seen.has(text)) {
      if (this.#seen.size >= this.#limit) this.#seen = new Set();
      this.#seen.add(text);
      return undefined;
    }
    if (this.#names.size >= this.#limit) return undefined;
    this.#seen.delete(text);
    const fresh = `qm_${this.#names.size + 1}`;
    this.#names.set(text, fresh);
    return fresh;
  }
}

/** One set of names for the whole process: a text has the same name on every connection. */
export const namedStatements = new NamedStatements();
