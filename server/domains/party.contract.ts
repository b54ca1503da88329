import { z } from 'zod';
import { gstRegistrationSchema, gstinSchema } from '../ground/india.contract.ts';
import { wholeCodeSchema } from '../ground/list.contract.ts';
import {
  attributesSchema,
  codeSchema,
  emailSchema,
  idSchema,
  optionalTextSchema,
  phoneSchema,
  recordFields,
  textSchema,
  versionSchema,
} from '../ground/record.contract.ts';

/** The common fields of vendors and customers, as the parties of the company's trade. */

export const partyStatuses = ['active', 'inactive', 'suspended'] as const;
export const partyStatusSchema = z.enum(partyStatuses);

/** The fields of a party that people type. */
export const partyFields = {
  code: codeSchema(20),
  name: textSchema(200, 1),
  contactName: optionalTextSchema(120),
  email: emailSchema.nullable(),
  phone: phoneSchema.nullable(),
  gstRegistration: gstRegistrationSchema,
  gstin: gstinSchema.nullable(),
  paymentTermsDays: z.int().min(0).max(365),
  status: partyStatusSchema,
  attributes: attributesSchema,
};

/** The same for a new party, with the defaults of omitted fields. */
export const newPartyFields = {
  ...partyFields,
  contactName: partyFields.contactName.default(null),
  email: partyFields.email.default(null),
  phone: partyFields.phone.default(null),
  /** Left out: `regular` with a GSTIN, `unregistered` without one. */
  gstRegistration: partyFields.gstRegistration.optional(),
  gstin: partyFields.gstin.default(null),
  paymentTermsDays: partyFields.paymentTermsDays.default(30),
  status: partyFields.status.default('active'),
  attributes: partyFields.attributes.default({}),
};

const shown = {
  code: z.string(),
  name: z.string(),
  contactName: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  gstin: z.string().nullable(),
  paymentTermsDays: z.int(),
  status: partyStatusSchema,
};

/** A party as it is read. */
export const shownPartyFields = {
  ...recordFields,
  ...shown,
  gstRegistration: gstRegistrationSchema,
  attributes: attributesSchema,
};

/** A party's row in a list. */
export const partyRowFields = {
  id: idSchema,
  version: versionSchema,
  ...shown,
  city: z.string().nullable(),
  stateCode: z.string().nullable(),
  updatedAt: z.string(),
};

/** The filters of lists of parties. */
export const partyFilters = {
  status: z.array(partyStatusSchema).max(3),
  stateCode: textSchema(2),
  code: wholeCodeSchema,
  ids: z.array(idSchema).max(200),
};
