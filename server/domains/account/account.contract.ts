import { z } from 'zod';
import { languageSchema } from '../../ground/languages.contract.ts';
import { textSchema } from '../../ground/record.contract.ts';
import { permissionSchema } from '../../permissions/permissions.contract.ts';

/** Registers the session of the token that comes with the call. Safe to repeat. */
export const openSessionInputSchema = z
  .strictObject({
    /** A name by which the person recognises the device: "Quartermaster on DESK-14". */
    device: textSchema(120).optional(),
  })
  .optional();

export const openSessionSchema = z.object({
  jti: z.string(),
  expiresAt: z.string(),
  isOperator: z.boolean(),
  tenantId: z.string().nullable(),
  /** An administrator's password is on the account: change it at Supabase Auth, then open the session once more. */
  passwordChangeRequired: z.boolean(),
  /** The token doesn't name the company entered yet: refresh it. */
  refreshToken: z.boolean(),
});

export const meSchema = z.object({
  user: z.object({ id: z.string(), email: z.string(), assurance: z.enum(['aal1', 'aal2']) }),
  session: z.object({ jti: z.string() }),
  /**
   * The password was given by an administrator. Every procedure of the tenant and the platform is FORBIDDEN (reason
   * `password_change_required`) until it is changed at Supabase Auth and the session opened once more; `permissions` and
   * `settings` are empty until then.
   */
  passwordChangeRequired: z.boolean(),
  /** The session was opened by a mail's code or link: it changes the password without knowing the one there is. */
  mailboxProved: z.boolean(),
  /**
   * The company asks this person for a second factor, or they have set one up themselves and not shown it. With `user.assurance` still aal1 every procedure of the tenant is
   * FORBIDDEN (reason `second_factor_required`) until the session is confirmed with a code; `permissions` and `settings` are empty until then.
   */
  secondFactorRequired: z.boolean(),
  /**
   * This account was never proved before: `disownSecondFactor` removes a second factor that belongs to somebody else.
   */
  secondFactorDisownable: z.boolean(),
  isOperator: z.boolean(),
  /** The lowest version of the desktop app that may work with this server; an older one asks the person to update. */
  lowestClient: z.string(),
  /** null for an operator who belongs to no tenant. */
  tenant: z.object({ id: z.string(), slug: z.string(), name: z.string() }).nullable(),
  employee: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  roles: z.array(z.string()),
  permissions: z.array(permissionSchema),
  /** The language this person has chosen for the screens; null before they have. */
  language: languageSchema.nullable(),
  /** What the screens need of the tenant's settings; null outside of a tenant. */
  settings: z
    .object({
      legalName: z.string(),
      currency: z.string(),
      approvalThreshold: z.string(),
      receiptTolerancePercent: z.string(),
      /** The company's own GSTIN and the state of its address: who taxes, and with which tax. */
      gstin: z.string().nullable(),
      stateCode: z.string().nullable(),
      /** The weekday and hour from which the desktop app offers new versions that are not critical; null: at once. */
      updateDeferral: z.object({ weekday: z.number(), hour: z.number(), timeZone: z.string() }).nullable(),
    })
    .nullable(),
});

const sessionSchema = z.object({
  jti: z.string(),
  device: z.string(),
  ip: z.string(),
  createdAt: z.string(),
  lastActivityAt: z.string(),
  expiresAt: z.string(),
  /** The session this call was made with. */
  current: z.boolean(),
});
export const sessionsSchema = z.object({ items: z.array(sessionSchema) });

export const revokeSessionInputSchema = z.strictObject({ jti: z.string().min(1).max(200) });
export const revokeSessionSchema = z.object({ revoked: z.int() });

export const logoutInputSchema = z.strictObject({
  scope: z.enum(['local', 'others', 'global']).default('local'),
});
export const logoutSchema = z.object({ revoked: z.int() });

/** The session is opened once more after it, and the person chooses a password of their own. */
export const disownSecondFactorSchema = z.object({ openAgain: z.literal(true) });

/** The language of the person's own screens, on every computer. */
export const chosenLanguageSchema = z.strictObject({ language: languageSchema });

export const companiesSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      slug: z.string(),
      name: z.string(),
      /** The one this session is open in. */
      current: z.boolean(),
    }),
  ),
});
export const chooseCompanyInputSchema = z.strictObject({ tenantId: z.uuid() });
/** The token names the company from its next refresh on; open the session once more then. */
export const chooseCompanySchema = z.object({ refreshToken: z.literal(true) });

export type Me = z.output<typeof meSchema>;
export type Session = z.output<typeof sessionSchema>;
