import { z } from 'zod';
import { refusal } from './reasons/reasons.contract.ts';
import { typedText } from './text.contract.ts';

/**
 * A record's id: a UUID v7, made by the client for new records so that a retry is the same record. Read in lower case,
 * as the database writes it.
 */
export const idSchema = z.uuid({ error: refusal('input.record_id') }).toLowerCase();

/** The version a change was based on; a change on an older version is refused with CONFLICT. */
export const versionSchema = z.int().min(1);

/**
 * The unit of a value, or the kind of record whose id it is: for readers that meet it without its screen, as the audit
 * trail does.
 */
export type Measure = 'money' | 'unitPrice' | 'quantity' | 'percent' | 'day' | 'instant' | { idOf: string };

function measuring<T extends z.ZodType>(measure: Measure, schema: T): T {
  return schema.meta({ measure });
}

/** The schema's own statement of its unit. */
export function measureOf(schema: z.core.$ZodType): Measure | undefined {
  return (z.globalRegistry.get(schema as z.ZodType) as { measure?: Measure } | undefined)?.measure;
}

/** The id of a record of the named kind, or a role's key: shown by the name of that record. */
export function idOf(kind: string) {
  return measuring({ idOf: kind }, z.string());
}

/** An instant, ISO 8601 in UTC. */
export const instantSchema = measuring('instant', z.string());

// ISO 8601 has a year 0, which PostgreSQL refuses; no business reaches back further than this.
const firstYear = '1900';
const sinceFirstYear = (text: string) => text >= firstYear;

/** A calendar day, `YYYY-MM-DD`. */
export const daySchema = z.iso
  .date({ error: refusal('input.day') })
  .refine(sinceFirstYear, { error: refusal('input.day_since', { year: firstYear }) });

/** An instant on its way in, ISO 8601: in UTC, or with `offset` also in another zone. */
export function momentSchema(options: { offset?: boolean } = {}) {
  return z.iso
    .datetime({ ...options, error: refusal('input.moment') })
    .refine(sinceFirstYear, { error: refusal('input.moment_since', { year: firstYear }) });
}

// PostgreSQL cannot store NUL, and a lone surrogate is not text.
// eslint-disable-next-line no-control-regex -- the control characters are what is refused here
const unstorable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Text of one line or more a person typed: as `typedText` keeps it, free of control characters, at most `max` characters. */
export function textSchema(max: number, min = 0) {
  return typedText(max)
    .min(min, {
      error: min === 1 ? refusal('input.required') : refusal('input.fewest_characters', { fewest: min }),
    })
    .max(max, { error: refusal('input.most_characters', { most: max }) })
    .refine((text) => !unstorable.test(text) && text.isWellFormed(), {
      error: refusal('input.unstorable'),
    });
}

/** The short code of a record: letters and digits, with `.`, `_`, `/` and `-` between them. */
export const codeSchema = (longest: number) =>
  textSchema(longest, 1).regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, { error: refusal('input.code') });

/** Text that may be left empty; an empty one is kept as null. */
export function optionalTextSchema(max: number) {
  return textSchema(max)
    .transform((text) => (text === '' ? null : text))
    .nullable();
}

const decimalPattern = (scale: number, signed: boolean) =>
  new RegExp(`^${signed ? '-?' : ''}\\d{1,12}(\\.\\d{1,${String(scale)}})?$`);

function decimalSchema(scale: number, reason: `input.${'amount' | 'price' | 'quantity'}`, signed = false) {
  return typedText().regex(decimalPattern(scale, signed), {
    error: refusal(reason, { decimals: scale }),
  });
}

/** An amount in the tenant's currency as a decimal string, not negative, at most 2 decimals. */
export const moneySchema = decimalSchema(2, 'input.amount');
/** A price of one unit as a decimal string, not negative, at most 4 decimals. */
export const unitPriceSchema = decimalSchema(4, 'input.price');
/** A quantity as a decimal string, not negative, at most 3 decimals. */
export const quantitySchema = decimalSchema(3, 'input.quantity');
/** A quantity above zero. */
export const positiveQuantitySchema = quantitySchema.refine((text) => /[1-9]/.test(text), {
  error: refusal('input.more_than_zero'),
});
/** A change of a quantity: may be negative, never zero. */
export const signedQuantitySchema = decimalSchema(3, 'input.quantity', true).refine(
  (text) => /[1-9]/.test(text),
  {
    error: refusal('input.not_zero'),
  },
);
/** A percentage from 0 to 100 as a decimal string, at most 2 decimals. */
export const percentSchema = typedText().regex(/^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/, {
  error: refusal('input.percentage'),
});

/** Decimals on their way out: exact, as strings. */
export const moneyOutSchema = measuring('money', z.string());
export const unitPriceOutSchema = measuring('unitPrice', z.string());
export const quantityOutSchema = measuring('quantity', z.string());
export const percentOutSchema = measuring('percent', z.string());

/** The fields of every record. */
export const recordFields = {
  id: idSchema,
  version: versionSchema,
  createdAt: instantSchema,
  createdBy: z.string().nullable(),
  updatedAt: instantSchema,
  updatedBy: z.string().nullable(),
};

/** Names a record and the version a command was decided on. */
export const recordVersionSchema = z.object({ id: idSchema, version: versionSchema });

export const getInputSchema = z.object({ id: idSchema });

/** A reference to another record, enough to show and link it. */
export function referenceSchema<T extends z.ZodRawShape>(shape: T) {
  return z.object({ id: idSchema, ...shape });
}

const mostAttributes = 50;

/** Free attributes of a tenant's own: names to short texts. `largest` has them counted before they are checked. */
export const attributesSchema = z
  .record(textSchema(60, 1), textSchema(500))
  .refine((attributes) => Object.keys(attributes).length <= mostAttributes, {
    error: refusal('input.most_entries', { most: mostAttributes }),
  })
  .meta({ largest: mostAttributes });

/** The currency of amounts. One currency per tenant for now; ISO 4217. */
export const currencySchema = typedText().regex(/^[A-Z]{3}$/, {
  error: refusal('input.currency'),
});

/** An address in India or elsewhere; `stateCode` is the two-digit GST state code. */
export const addressSchema = z.object({
  line1: optionalTextSchema(200).default(null),
  line2: optionalTextSchema(200).default(null),
  city: optionalTextSchema(100).default(null),
  stateCode: typedText()
    .regex(/^\d{2}$/, { error: refusal('input.state_code') })
    .nullable()
    .default(null),
  pinCode: typedText()
    .regex(/^[1-9]\d{5}$/, { error: refusal('input.pin_code') })
    .nullable()
    .default(null),
  country: typedText()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/, { error: refusal('input.country') })
    .default('IN'),
});
export type Address = z.output<typeof addressSchema>;

export const emailSchema = typedText()
  .regex(z.regexes.email, { error: refusal('input.email') })
  .max(254)
  .transform((email) => email.toLowerCase());

export const phoneSchema = typedText().regex(/^\+?[0-9][0-9 ()-]{5,19}$/, {
  error: refusal('input.phone'),
});
