import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { DocumentKind } from '../../server/documents/document-kind.contract.ts';
import type { MasterKind, RecordKind } from '../../server/documents/record-kind.contract.ts';
import { movementDocumentKinds } from '../../server/domains/inventory/inventory.contract.ts';
import { changesOf, kindNamed, recordKinds } from '../../server/domains/kinds.contract.ts';
import { definitionOf, inside } from '../../server/permissions/schema-parts.contract.ts';
import { ofStep } from './walk/procedures.ts';
import type { WalkedProcedure } from './walk/procedures.ts';

const kinds: readonly RecordKind[] = recordKinds;
const described = new Map(kinds.map((kind) => [kind.name, kind]));
const ofTenant = ofStep('tenant');

/** `purchase_order` → `purchaseOrders`, `settings` → `settings` */
const routerOf = ({ name }: RecordKind) => {
  const words = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return words.endsWith('s') ? words : `${words}s`;
};
const procedure = (kind: RecordKind, command: string): WalkedProcedure | undefined =>
  ofTenant.find(({ name }) => name === `${routerOf(kind)}.${command}`);
const routers = [...new Set(ofTenant.map(({ name }) => name.split('.')[0] ?? ''))];

/** The described records that an answer or a part of a record is made of; what such a record holds is checked with its own kind. */
function kindsIn(schema: z.core.$ZodType | undefined, seen = new Set<unknown>()): RecordKind[] {
  if (!schema || seen.has(schema)) return [];
  seen.add(schema);
  const found = kinds.filter((kind) => kind.schema === schema);
  return found.length > 0 ? found : partsOf(schema).flatMap((part) => kindsIn(part, seen));
}

function partsOf(schema: z.core.$ZodType): readonly (z.core.$ZodType | undefined)[] {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case 'object':
      return Object.values(definition.shape);
    case 'array':
      return [definition.element];
    case 'record':
      return [definition.valueType];
    case 'union':
      return definition.options;
    case 'intersection':
      return [definition.left, definition.right];
    default:
      return [inside(schema, 'out')];
  }
}

/** What may be done about a kind, by all that its description says. */
const permissionsOf = (kind: RecordKind) => [kind.readWith, ...changesOf(kind)];

describe('the API', () => {
  test.each([...described.values()].map((kind) => [kind.name, kind] as const))(
    'reads, makes and changes a %s with the permissions of its description alone',
    (_name, kind) => {
      const asked = (command: string) => procedure(kind, command)?.permission;
      for (const reading of ['list', 'get', 'copy'].filter((command) => procedure(kind, command))) {
        expect(asked(reading), reading).toBe(kind.readWith);
      }
      if (!routers.includes(routerOf(kind))) return;
      if ('createWith' in kind && procedure(kind, 'create'))
        expect(asked('create')).toBe((kind as MasterKind).createWith);
      if ('updateWith' in kind) expect(asked('update')).toBe((kind as MasterKind).updateWith);
      if ('commands' in kind) {
        const { commands } = kind as DocumentKind;
        const wanted = Object.entries(commands).map(([command, { permission }]) => [command, permission]);
        expect(wanted.map(([command]) => [command, asked(command ?? '')])).toEqual(wanted);
      }
      const others = ofTenant.filter(({ name }) => name.startsWith(`${routerOf(kind)}.`));
      const strange = others.filter(
        ({ permission }) => !permissionsOf(kind).includes(permission ?? 'reports:read'),
      );
      expect(strange.map(({ name }) => name)).toEqual([]);
    },
  );

  test('has no room of its own for records that nobody described', () => {
    const rooms = new Set(kinds.map(routerOf));
    // One's own account, what is asked about several kinds at once, and stock, whose movements are described.
    expect(routers.filter((router) => !rooms.has(router)).toSorted()).toEqual([
      'auth',
      'inventory',
      'labels',
      'reports',
    ]);
  });

  test('gives a described record to those alone who have a permission of its description', () => {
    const leaks = ofTenant.flatMap(({ name, permission, output }) =>
      kindsIn(output)
        .filter((kind) => permission === undefined || !permissionsOf(kind).includes(permission))
        .map((kind) => `${name} (${String(permission)}) gives a ${kind.name}`),
    );
    expect(leaks).toEqual([]);
  });

  test('changes a described record for those alone who may also read it', () => {
    const changes = ofTenant.filter(({ kind }) => kind === 'mutation');
    const open = changes.flatMap(({ name, permission, reads, output }) =>
      kinds
        .filter(
          (kind) => kindsIn(output).includes(kind) || (permission && changesOf(kind).includes(permission)),
        )
        .filter(({ readWith }) => readWith !== reads && readWith !== permission)
        .map((kind) => `${name} asks nobody for ${kind.readWith}`),
    );
    expect(open).toEqual([]);
  });

  test('shows within a record only others that are read with the same permission', () => {
    const within = kinds.flatMap((kind) =>
      partsOf(kind.schema).flatMap((part) => kindsIn(part).map((inner) => [kind, inner] as const)),
    );
    expect(within.length).toBeGreaterThan(0);
    const strange = within.filter(([kind, inner]) => kind.readWith !== inner.readWith);
    expect(strange.map(([kind, inner]) => `${inner.name} in ${kind.name}`)).toEqual([]);
  });

  test('posts movements for documents that are described, and for actions of the store alone', () => {
    const undescribed = movementDocumentKinds.filter((kind) => kindNamed(kind) === undefined);
    expect(undescribed).toEqual(['adjustment', 'transfer', 'count', 'opening']);
  });
});
