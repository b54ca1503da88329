import { z } from 'zod';
import { typedText } from '../../ground/text.contract.ts';
import { passwordSchema } from '../../auth/password.contract.ts';
import { permissionSchema } from '../../permissions/permissions.contract.ts';
import type { Permission } from '../../permissions/permissions.contract.ts';
import { panSchema } from '../../ground/india.contract.ts';
import { listInputSchema, pageSchema, wholeCodeSchema } from '../../ground/list.contract.ts';
import {
  codeSchema,
  addressSchema,
  daySchema,
  emailSchema,
  idOf,
  idSchema,
  instantSchema,
  optionalTextSchema,
  phoneSchema,
  recordFields,
  recordVersionSchema,
  referenceSchema,
  textSchema,
  versionSchema,
} from '../../ground/record.contract.ts';
import { refusal } from '../../ground/reasons/reasons.contract.ts';

export const employeeStatusSchema = z.enum(['active', 'inactive']);

// Verhoeff's scheme (J. Verhoeff, 1969): multiplication in the dihedral group D5, a permutation by position.
const product = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const permutation = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];
const inverse = '0432156789';

function verhoeff(digits: string, shift: number): number {
  let sum = 0;
  [...digits].reverse().forEach((digit, index) => {
    const permuted = Number(permutation[(index + shift) % 8]?.charAt(Number(digit)));
    sum = Number(product[sum]?.charAt(permuted));
  });
  return sum;
}

/** The twelfth digit of an Aadhaar number whose first eleven are given. */
export function aadhaarCheckDigit(first11: string): string {
  return inverse.charAt(verhoeff(first11, 1));
}

/** An Aadhaar number: twelve digits with a Verhoeff check digit. Only its last four digits and a keyed hash are kept. */
export const aadhaarSchema = typedText()
  .transform((text) => text.replaceAll(' ', ''))
  .pipe(
    z
      .string()
      .regex(/^[2-9]\d{11}$/, { error: refusal('input.aadhaar') })
      .refine((digits) => verhoeff(digits, 0) === 0, { error: refusal('input.aadhaar_check') }),
  );

/** Further rights on employees, besides reading and changing them. */
export const employeeRights = {
  linkSignIn: 'employees:link_sign_in',
  assignRoles: 'employees:assign_roles',
  revealPii: 'employees:reveal_pii',
  endSessions: 'sessions:manage',
} as const satisfies Record<string, Permission>;

const fields = {
  employeeCode: codeSchema(20),
  name: textSchema(120, 1),
  email: emailSchema,
  phone: phoneSchema.nullable(),
  department: optionalTextSchema(80),
  designation: optionalTextSchema(80),
  managerId: idSchema.nullable(),
  joinedOn: daySchema.nullable(),
  address: addressSchema,
  /** Shown masked; in full only by `employees.revealPii`. */
  pan: panSchema.nullable().meta({ requires: employeeRights.revealPii }),
  aadhaar: aadhaarSchema.nullable(),
  status: employeeStatusSchema,
};
export const createEmployeeSchema = z.strictObject({
  id: idSchema.optional(),
  ...fields,
  employeeCode: fields.employeeCode.optional(),
  phone: fields.phone.default(null),
  department: fields.department.default(null),
  designation: fields.designation.default(null),
  managerId: fields.managerId.default(null),
  joinedOn: fields.joinedOn.default(null),
  address: addressSchema.prefault({}),
  pan: fields.pan.default(null),
  aadhaar: fields.aadhaar.default(null),
  status: fields.status.default('active'),
});
export const updateEmployeeSchema = z.strictObject({
  id: idSchema,
  version: versionSchema,
  ...z.object(fields).partial().shape,
});

/** A role's name: one of the built-in ones or the key of a tenant's own. */
export const roleKeySchema = textSchema(40, 1).regex(/^[a-z][a-z0-9_]*$/, { error: refusal('input.role') });

/** Nobody can give what they don't have, and the last owner can't be removed. */
export const assignRolesSchema = recordVersionSchema.extend({
  roles: z.array(roleKeySchema).max(10),
  /** Permissions beyond the roles'. */
  permissions: z.array(permissionSchema).max(100).default([]),
});
/**
 * Gives the employee a sign-in. With `password` the sign-in can be used at once, and the person must change it before
 * anything else; without one an invitation is sent by e-mail. An address that has an account already gets a mail instead,
 * and its owner is let in by proving the mailbox: the password is not taken.
 */
export const linkSignInSchema = recordVersionSchema.extend({
  password: passwordSchema.optional(),
});
export const unlinkSignInSchema = recordVersionSchema;
/** For somebody who lost their phone: the next sign-in needs the password alone, or a new set-up where it is asked for. */
export const resetSecondFactorSchema = recordVersionSchema;
/** For a lost or stolen computer: every session of the person ends at once; they can sign in again. */
export const signOutEmployeeSchema = recordVersionSchema;
/** Shows the PAN in full; written to the audit log. */
export const revealPiiSchema = z.strictObject({
  id: idSchema,
  field: z.enum(['pan']),
  reason: textSchema(200, 1),
});
export const revealedPiiSchema = z.object({ id: idSchema, field: z.enum(['pan']), value: z.string() });

export const employeeRowSchema = z.object({
  id: idSchema,
  version: versionSchema,
  employeeCode: z.string(),
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  department: z.string().nullable(),
  designation: z.string().nullable(),
  roles: z.array(z.string()),
  hasSignIn: z.boolean(),
  lastSignInAt: z.string().nullable(),
  status: employeeStatusSchema,
  updatedAt: z.string(),
});
export const employeeSchema = z.object({
  ...recordFields,
  employeeCode: z.string(),
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  department: z.string().nullable(),
  designation: z.string().nullable(),
  manager: referenceSchema({ name: z.string(), employeeCode: z.string() }).nullable(),
  joinedOn: z.string().nullable(),
  address: addressSchema,
  roles: z.array(z.string()),
  permissions: z.array(permissionSchema),
  hasSignIn: z.boolean(),
  lastSignInAt: instantSchema.nullable(),
  /** Masked: `ABCDE••••F`. */
  panMasked: z.string().nullable(),
  aadhaarLastFour: z.string().nullable(),
  status: employeeStatusSchema,
});
/** The trail's fields of an employee besides their own. */
export const employeeTrail = {
  roles: z.array(idOf('role')),
  /** Which fields were revealed, and why. */
  field: z.enum(['pan']),
  reason: z.string(),
};
/** As `password` must be changed at the first sign-in; `proof`: somebody's account already, who was asked by mail. */
const signInGivenSchema = z.enum(['password', 'invitation', 'standing', 'proof']);
export const linkedEmployeeSchema = employeeSchema.extend({ signInGiven: signInGivenSchema });
/** `proof`: the address is an account of before, which opens nothing here until its owner has answered the mail. */
export const signInStateSchema = z.object({ state: z.enum(['none', 'proof', 'held', 'given']) });
export const employeeSorts = ['employeeCode', 'name', 'department', 'updatedAt'] as const;
export const listEmployeesSchema = listInputSchema(
  {
    status: z.array(employeeStatusSchema).max(2),
    department: textSchema(80),
    role: textSchema(40),
    hasSignIn: z.boolean(),
    code: wholeCodeSchema,
    ids: z.array(idSchema).max(200),
  },
  employeeSorts,
);
export const employeePageSchema = pageSchema(employeeRowSchema);

export type Employee = z.output<typeof employeeSchema>;
export type LinkedEmployee = z.output<typeof linkedEmployeeSchema>;
export type EmployeeRow = z.output<typeof employeeRowSchema>;
export type CreateEmployee = z.output<typeof createEmployeeSchema>;
export type AssignRoles = z.output<typeof assignRolesSchema>;
export type LinkSignIn = z.output<typeof linkSignInSchema>;
export type ListEmployees = z.output<typeof listEmployeesSchema>;
