import { z } from 'zod';

/** What the platform's audit trail records. */
export const auditActions = [
  'session.opened',
  'session.refused',
  'session.revoked',
  'user.revoked',
  'tenant.revoked',
  'tenant.provisioned',
  'tenant.suspended',
  'tenant.reactivated',
  'tenant.locked',
  'tenant.deprovisioned',
  'tenant.restored',
  'tenant.deleted',
  'tenant.exported',
  'tenant.imported',
  'tenant.move_requested',
  'tenant.moved',
  'cluster.changed',
  'secret_key.rotated',
  'signing_keys.forgotten',
  'migrations.run',
  'user.linked',
  'user.unlinked',
  'user.proof_asked',
  'user.made_own',
  'user.given_password_changed',
  'operator.added',
  'operator.removed',
  'user.second_factor_removed',
] as const;
export const auditActionSchema = z.enum(auditActions);
export type AuditAction = z.output<typeof auditActionSchema>;
