import { v7 as uuidv7 } from 'uuid';
import type { Kysely } from 'kysely';
import { attempted } from '../db/attempted.ts';
import type { KeysetOrder, KeysetPage, PageRequest, Positioned } from '../db/keyset.ts';
import { together } from '../db/statement-order.ts';
import type { TenantDatabase } from '../db/tenant-schema.ts';
import { isUnchanged } from '../documents/audit/changed-fields.ts';
import { recordChange } from '../documents/audit/record-change.ts';
import type { MasterKind } from '../documents/record-kind.contract.ts';
import type { Page } from '../ground/list.contract.ts';
import { notFound } from '../ground/problem.ts';
import type { Kind } from '../ground/reasons/terms.contract.ts';
import type { TenantScope } from '../ladder/scope.ts';
import { changedMeanwhile, fieldsOf, given, retried } from './master-records.ts';

type Db = Kysely<TenantDatabase>;

/** The fields of a record about to be stored. */
export interface Change<Shown, Fields> {
  id: string;
  /** All fields of a new record; of another those that change. */
  given: Partial<Fields>;
  /** The record as it is; undefined for a new one. */
  before: Shown | undefined;
}

/**
 * The rows of a kind. `true` for a row that was written and has to be read again, because other tables hold part of it.
 */
interface MasterRows<Row, New, Changed> {
  find: (db: Db, id: string, lock?: boolean) => Promise<Row | undefined>;
  /** Undefined when there is a record with this id already. */
  insert: (db: Db, columns: New) => Promise<Row | true | undefined>;
  update: (db: Db, id: string, columns: Changed) => Promise<Row | true>;
}

/**
 * A kind of record that people make and change as a whole, by its own parts. `Sent` is the input of a create, `Fields`
 * the stored fields, `Shown` the record as it is read.
 */
export interface MasterDescription<Row, New, Changed, Shown, Sent, Fields> {
  kind: MasterKind & { readonly name: Kind };
  rows: MasterRows<Row, New, Changed>;
  recordOf: (scope: TenantScope, row: Row) => Shown | Promise<Shown>;
  columnsOf: (scope: TenantScope, given: Partial<Fields>) => Changed;
  /** Its label for people: its code and its name. */
  labelOf: (record: Shown, scope: TenantScope) => string | Promise<string>;
  /** The stored form of a create's input: two creates are the same if these are equal. */
  completed: (sent: Sent) => Fields;
  /** The record of a create that was sent before; for kinds whose record doesn't show everything that was sent. */
  sentAgain?: (scope: TenantScope, fields: Fields, row: Row) => Shown | Promise<Shown>;
  /**
   * Checks a change and returns the fields to write: `given`, and those that follow from it.
   * @throws INVALID, naming the field
   */
  prepared: (scope: TenantScope, change: Change<Shown, Fields>) => Promise<Partial<Fields>>;
  /** Writes the row by `write`; for kinds whose row can be refused in a way of its own. */
  writing?: <T>(scope: TenantScope, change: Change<Shown, Fields>, write: () => Promise<T>) => Promise<T>;
  /** Later writes in other tables, once the row is written. */
  follow?: (scope: TenantScope, change: Change<Shown, Fields>) => Promise<void>;
}

export interface Identified {
  id: string;
  version: number;
}

/** Reading, making and changing records of one kind: the behaviour that all kinds share. */
export function masterService<
  Row,
  New,
  Changed,
  Shown extends Identified,
  Sent extends object,
  Fields extends object,
>(of: MasterDescription<Row, New, Changed, Shown, Sent, Fields>) {
  const kind = of.kind.name;

  /** @throws NOT_FOUND */
  async function get(scope: TenantScope, id: string): Promise<Shown> {
    const row = await of.rows.find(scope.db, id);
    if (!row) throw notFound(kind);
    return of.recordOf(scope, row);
  }

  /**
   * The record, held for a change that was decided on `version`.
   * @throws NOT_FOUND, CONFLICT for an older version
   */
  async function locked(
    scope: TenantScope,
    { id, version }: Identified,
  ): Promise<{ row: Row; before: Shown }> {
    const row = await of.rows.find(scope.db, id, true);
    if (!row) throw notFound(kind);
    const before = await of.recordOf(scope, row);
    if (before.version !== version) throw changedMeanwhile(kind, before);
    return { row, before };
  }

  async function sentAgain(scope: TenantScope, fields: Fields, row: Row): Promise<Shown> {
    if (of.sentAgain) return of.sentAgain(scope, fields, row);
    return retried(of.kind, { ...fields } as Record<string, unknown>, await of.recordOf(scope, row));
  }

  const write = <T>(scope: TenantScope, change: Change<Shown, Fields>, statement: () => Promise<T>) =>
    of.writing ? of.writing(scope, change, statement) : statement();

  /** The record as it was written. */
  async function written(scope: TenantScope, change: Change<Shown, Fields>, row: Row | true): Promise<Shown> {
    await of.follow?.(scope, change);
    return row === true ? get(scope, change.id) : of.recordOf(scope, row);
  }

  async function traced(scope: TenantScope, before: Shown | undefined, after: Shown): Promise<Shown> {
    const label = await of.labelOf(after, scope);
    const action = before ? 'update' : 'create';
    await recordChange(scope, { action, kind: of.kind, id: after.id, label, before, after });
    return after;
  }

  /** The record shows all that was given, so that one that looks the same is the same. */
  const showsAll = (given: Partial<Fields>, after: Shown) =>
    Object.keys(given).every((field) => field in after && !of.kind.secrets?.includes(field));

  /**
   * Makes a record. The same id with the same contents again gives the record that was made.
   * @throws INVALID as the kind says, CONFLICT for an id in use
   */
  async function create(scope: TenantScope, input: Sent & { id?: string | undefined }): Promise<Shown> {
    const { id = uuidv7() } = input;
    const fields = of.completed(fieldsOf<Sent>(input));
    const existing = await of.rows.find(scope.db, id);
    if (existing) return sentAgain(scope, fields, existing);
    const change = { id, given: fields, before: undefined };
    change.given = { ...fields, ...(await of.prepared(scope, change)) };
    const columns = {
      id,
      ...of.columnsOf(scope, change.given),
      created_by: scope.actor.name,
      updated_by: scope.actor.name,
    } as New;
    const row = await write(scope, change, () => of.rows.insert(scope.db, columns));
    if (row) return traced(scope, undefined, await written(scope, change, row));
    // Somebody made it between the look and the insert: the same request, sent twice at once.
    const other = await of.rows.find(scope.db, id);
    if (!other) throw notFound(kind);
    return sentAgain(scope, fields, other);
  }

  /**
   * Changes the given fields. Where all of them are as they were, nothing is written: no version, no entry in the trail.
   * @throws NOT_FOUND, CONFLICT for an older version, INVALID as `create`
   */
  async function update(scope: TenantScope, input: Partial<Fields> & Identified): Promise<Shown> {
    const { id, version } = input;
    const { before } = await locked(scope, { id, version });
    const change = { id, given: given(fieldsOf<Partial<Fields>>(input)), before };
    change.given = await of.prepared(scope, change);
    const columns = { ...of.columnsOf(scope, change.given), updated_by: scope.actor.name };
    const isChange = (after: Shown) => !showsAll(change.given, after) || !isUnchanged(of.kind, before, after);
    const after = await attempted(
      scope.db,
      async () =>
        written(scope, change, await write(scope, change, () => of.rows.update(scope.db, id, columns))),
      isChange,
    );
    return isChange(after) ? traced(scope, before, after) : before;
  }

  return { get, locked, create, update };
}

/** A page of a kind's list, with its total if that was asked for. */
export async function listOf<
  By extends string,
  Input extends PageRequest<By> & { total?: boolean | undefined },
  Row extends Positioned,
  Item,
>(
  scope: TenantScope,
  input: Input,
  list: {
    order: KeysetOrder<By>;
    rows: (db: Db, input: Input, page: KeysetPage<By>) => Promise<readonly Row[]>;
    count: (db: Db, input: Input) => Promise<{ total: number; totalCapped: boolean }>;
    itemOf: (row: Row) => Item;
  },
): Promise<Page<Item>> {
  const page = list.order.at(input, scope.ability);
  const [rows, total] = await together([
    list.rows(scope.db, input, page),
    input.total ? list.count(scope.db, input) : undefined,
  ]);
  return { ...page.page(rows, list.itemOf), ...total };
}
