import type { z } from 'zod';
import type { Permission } from './permissions.contract.ts';
import { definitionOf, inside } from './schema-parts.contract.ts';
import { requirementOf } from './visible-with.contract.ts';

/**
 * Field rules: a field whose schema carries a permission (`visibleWith`) leaves the server as null for those
 * without that permission. A schema is read once and compiled; this is the only place that hides fields.
 */
export type May = (permission: Permission) => boolean;

type Hide = (value: unknown, may: May) => unknown;

export interface FieldRules {
  /** The permissions that decide about at least one field. */
  permissions: ReadonlySet<Permission>;
  /** Replaces what the actor may not see by null, in place; `value` must be a fresh copy. */
  apply<T>(value: T, may: May): T;
}

const compiled = new WeakMap<z.core.$ZodType, FieldRules>();

/** The field rules of an output schema. */
export function fieldRulesOf(schema: z.core.$ZodType): FieldRules {
  const known = compiled.get(schema);
  if (known) return known;
  const required = new Set<Permission>();
  const hide = new Compiler(required).compile(schema);
  const rules: FieldRules = {
    permissions: required,
    apply<T>(value: T, may: May): T {
      for (const permission of required) {
        if (!may(permission)) return hide ? (hide(value, may) as T) : value;
      }
      return value;
    },
  };
  compiled.set(schema, rules);
  return rules;
}

class Compiler {
  readonly #required: Set<Permission>;
  readonly #cells = new Map<z.core.$ZodType, { hide: Hide | null; done: boolean }>();

  constructor(required: Set<Permission>) {
    this.#required = required;
  }

  /** The function that hides below this schema, or null when nothing below it is restricted. */
  compile(schema: z.core.$ZodType): Hide | null {
    const cell = this.#cells.get(schema);
    if (cell) return cell.done ? cell.hide : (value, may) => (cell.hide ? cell.hide(value, may) : value);
    const fresh = { hide: null as Hide | null, done: false };
    this.#cells.set(schema, fresh);
    fresh.hide = this.#compileOne(schema);
    fresh.done = true;
    return fresh.hide;
  }

  #compileOne(schema: z.core.$ZodType): Hide | null {
    const inner = this.#inside(schema);
    const permission = requirementOf(schema);
    if (!permission) return inner;
    this.#required.add(permission);
    return (value, may) => {
      if (value === undefined || !may(permission)) return value === undefined ? undefined : null;
      return inner ? inner(value, may) : value;
    };
  }

  #inside(schema: z.core.$ZodType): Hide | null {
    const def = definitionOf(schema);
    switch (def.type) {
      case 'object':
        return this.#object(def.shape);
      case 'array':
        return this.#array(def.element);
      case 'record':
        return this.#record(def.valueType);
      case 'tuple':
        return this.#all([...def.items, ...(def.rest ? [def.rest] : [])].map((item) => this.#array(item)));
      case 'union':
        return this.#all(def.options.map((option) => this.compile(option)));
      case 'intersection':
        return this.#all([this.compile(def.left), this.compile(def.right)]);
      default: {
        const within = inside(schema, 'out');
        return within ? this.compile(within) : null;
      }
    }
  }

  #object(shape: Readonly<Record<string, z.core.$ZodType>>): Hide | null {
    const fields: [string, Hide][] = [];
    for (const [name, field] of Object.entries(shape)) {
      const hide = this.compile(field);
      if (hide) fields.push([name, hide]);
    }
    if (fields.length === 0) return null;
    return (value, may) => {
      if (typeof value !== 'object' || value === null) return value;
      const record = value as Record<string, unknown>;
      for (const [name, hide] of fields) {
        if (name in record) record[name] = hide(record[name], may);
      }
      return value;
    };
  }

  #array(element: z.core.$ZodType): Hide | null {
    const hide = this.compile(element);
    if (!hide) return null;
    return (value, may) => {
      if (!Array.isArray(value)) return value;
      const items: unknown[] = value;
      for (const [index, item] of items.entries()) items[index] = hide(item, may);
      return items;
    };
  }

  #record(valueType: z.core.$ZodType): Hide | null {
    const hide = this.compile(valueType);
    if (!hide) return null;
    return (value, may) => {
      if (typeof value !== 'object' || value === null) return value;
      const record = value as Record<string, unknown>;
      for (const key of Object.keys(record)) record[key] = hide(record[key], may);
      return value;
    };
  }

  /** Several shapes are possible: a field that any of them hides is hidden. */
  #all(parts: (Hide | null)[]): Hide | null {
    const present = parts.filter((part) => part !== null);
    if (present.length === 0) return null;
    return (value, may) => present.reduce((current, hide) => hide(current, may), value);
  }
}
