import type { z } from 'zod';
import type { Permission } from './permissions.contract.ts';
import { definitionOf, inside } from './schema-parts.contract.ts';
import { requirementOf } from './visible-with.contract.ts';

/**
 * Input rules: people who may not see a field may not send it either, nor sort or filter by it. They are derived from
 * the two schemas of a procedure: a field of the input with the name of a field that the output hides asks for the same
 * permission, and so does the name as a choice (`sort.by`). A field that the output names differently says so by
 * `.meta({ requires })` in the input's schema. Read from what was sent, before any default is filled in: null, an empty
 * value and the present value count as sent too.
 */
export interface InputRules {
  /** The permissions that decide about at least one field. */
  permissions: ReadonlySet<Permission>;
  /** The fields of this input that ask for a permission. */
  sent(raw: unknown): GuardedField[];
}

export interface GuardedField {
  /** Dotted, as problems name it: `lines.2.unitPrice`. */
  path: string;
  permission: Permission;
}

type Schema = z.core.$ZodType;
type Keys = readonly (string | number)[];
type Look = (raw: unknown, path: Keys, found: GuardedField[]) => void;

/** Of an order with many lines, the first ones are enough. */
const mostNamed = 50;
/** How far into an output, or into an input, names are looked for: a schema may hold itself. */
const deepest = 12;

/** The rules for a procedure's input; without an output only what the input says itself. */
export function inputRulesOf(input: Schema | undefined, output?: Schema): InputRules {
  const permissions = new Set<Permission>();
  const look = input && new Compiler(shownFields(output), permissions).compile(input, []);
  return {
    permissions,
    sent(raw) {
      const found: GuardedField[] = [];
      look?.(raw, [], found);
      return found.slice(0, mostNamed);
    },
  };
}

/** The visibility of an output: the permission of every hidden name, and the paths that everyone sees. */
interface Shown {
  hidden: Map<string, Permission>;
  open: Set<string>;
}

function shownFields(output: Schema | undefined): Shown {
  const shown: Shown = { hidden: new Map(), open: new Set() };
  const walk = (schema: Schema, path: Keys, above: Permission | undefined): void => {
    const permission = above ?? requirementOf(schema);
    const within = inside(schema, 'out');
    if (within) {
      walk(within, path, permission);
      return;
    }
    const name = path.at(-1);
    if (typeof name === 'string') {
      if (permission) shown.hidden.set(name, permission);
      else shown.open.add(path.join('.'));
    }
    if (path.length > deepest) return;
    const def = definitionOf(schema);
    if (def.type === 'object') {
      for (const [key, field] of Object.entries(def.shape)) walk(field, [...path, key], permission);
    } else if (def.type === 'array') walk(def.element, [...path, 0], permission);
    else if (def.type === 'record') walk(def.valueType, [...path, 0], permission);
    else if (def.type === 'union') for (const option of def.options) walk(option, path, permission);
    else if (def.type === 'intersection') {
      walk(def.left, path, permission);
      walk(def.right, path, permission);
    }
  };
  if (output) walk(output, [], undefined);
  return shown;
}

class Compiler {
  readonly #shown: Shown;
  readonly #permissions: Set<Permission>;

  constructor(shown: Shown, permissions: Set<Permission>) {
    this.#shown = shown;
    this.#permissions = permissions;
  }

  /** Finds the guarded fields at and below this schema; null if there are none. */
  compile(schema: Schema, path: Keys): Look | null {
    if (path.length > deepest) return null;
    const permission = this.#requirement(schema, path);
    if (permission) return this.#guard(permission);
    const within = inside(schema, 'in');
    if (within) return this.compile(within, path);
    const def = definitionOf(schema);
    switch (def.type) {
      case 'object':
        return this.#object(def.shape, path);
      case 'array':
        return each(this.compile(def.element, [...path, 0]));
      case 'record':
        return eachValue(this.compile(def.valueType, [...path, 0]));
      case 'tuple':
        return all(def.items.map((item, index) => at(index, this.compile(item, [...path, index]))));
      case 'union':
        return all(def.options.map((option) => this.compile(option, path)));
      case 'intersection':
        return all([this.compile(def.left, path), this.compile(def.right, path)]);
      case 'enum':
        return this.#choice(Object.values(def.entries));
      case 'literal':
        return this.#choice(def.values);
      default:
        return null;
    }
  }

  #requirement(schema: Schema, path: Keys): Permission | undefined {
    const own = requirementOf(schema);
    if (own) return own;
    const name = path.at(-1);
    if (typeof name !== 'string' || this.#shown.open.has(path.join('.'))) return undefined;
    return this.#shown.hidden.get(name);
  }

  #guard(permission: Permission): Look {
    this.#permissions.add(permission);
    return (_raw, path, found) => void found.push({ path: path.join('.'), permission });
  }

  /** Sorting or grouping by a hidden field reveals what it holds. */
  #choice(options: readonly unknown[]): Look | null {
    const hidden = new Map(
      options.flatMap((option) => {
        const permission = typeof option === 'string' ? this.#shown.hidden.get(option) : undefined;
        return permission ? [[option, permission] as const] : [];
      }),
    );
    for (const permission of hidden.values()) this.#permissions.add(permission);
    if (hidden.size === 0) return null;
    return (raw, path, found) => {
      const permission = hidden.get(raw);
      if (permission) found.push({ path: path.join('.'), permission });
    };
  }

  #object(shape: Readonly<Record<string, Schema>>, path: Keys): Look | null {
    return all(Object.entries(shape).map(([name, field]) => at(name, this.compile(field, [...path, name]))));
  }
}

function at(key: string | number, look: Look | null): Look | null {
  if (!look) return null;
  return (raw, path, found) => {
    if (typeof raw !== 'object' || raw === null || !Object.hasOwn(raw, key)) return;
    const value = (raw as Record<string | number, unknown>)[key];
    if (value !== undefined) look(value, [...path, key], found);
  };
}

function each(look: Look | null): Look | null {
  if (!look) return null;
  return (raw, path, found) => {
    if (!Array.isArray(raw)) return;
    for (const [index, item] of (raw as unknown[]).entries()) {
      if (found.length >= mostNamed) return;
      look(item, [...path, index], found);
    }
  };
}

function eachValue(look: Look | null): Look | null {
  if (!look) return null;
  return (raw, path, found) => {
    if (typeof raw !== 'object' || raw === null) return;
    for (const [key, value] of Object.entries(raw)) {
      if (found.length >= mostNamed) return;
      look(value, [...path, key.slice(0, 60)], found);
    }
  };
}

function all(parts: readonly (Look | null)[]): Look | null {
  const present = parts.filter((part) => part !== null);
  if (present.length === 0) return null;
  return (raw, path, found) => {
    for (const look of present) look(raw, path, found);
  };
}
