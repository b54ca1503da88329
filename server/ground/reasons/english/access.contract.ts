/** Refusals of entry and of permission. Two reasons stood on the wire before the others and keep their names. */
export const access = {
  password_change_required: 'Choose a password of your own first: the one you have was given to you.',
  second_factor_required:
    '{asks, select, company {Your organisation asks for a second step here.} other {You have set up a second step.}} Confirm this sign-in with a code from your authenticator app.',

  'access.forbidden': 'Your role does not allow this ({action}: {resource}).',
  'access.field_hidden':
    "Your role cannot see this, so you can't set it, and can't sort or filter by it ({action}: {resource}).",
  'access.operators_only': 'This is for operators of the platform only.',
  'access.operator_second_factor': 'Operators sign in with a second step here. Set one up and sign in again.',
  'access.no_company': 'This sign-in does not belong to an organisation here.',
  'access.no_employee': 'No active employee is linked to this sign-in. Ask your administrator.',
  'access.company_suspended': 'The access of {company} is suspended. Ask your administrator.',
  'access.company_upgrading': 'Your organisation’s data is being upgraded. Try again in a minute.',
  'access.company_moving':
    'Your organisation’s data is being moved to another server. Nothing was changed; try again in a moment.',
  'access.rights_changed': 'Your access has changed. Sign in again.',
  'access.rights_not_checked': 'Your access cannot be checked right now. Try again in a moment.',
  'access.shuts_yourself_out':
    'This would ask you for a second step, and you signed in without one. Set one up under “Sign-in and sessions”, then try again.',

  'session.none': 'Sign in to go on.',
  'session.not_valid': 'This sign-in is not valid here.',
  'session.not_valid_any_more': 'This sign-in is not valid here. Sign in again.',
  'session.token_expired': 'Your sign-in has expired. Sign in again.',
  'session.not_open': 'This session is not open. Sign in again.',
  'session.ended': 'This session has ended. Sign in again.',
  'session.revoked': 'This session was signed out. Sign in again.',
  'session.ended_at_service': 'This sign-in was ended at the sign-in service. Sign in again.',
  'session.too_old_for_proof':
    'This sign-in is too old to prove the mailbox. Follow the mail that was just sent to you.',
  'session.tokens_not_checked': 'Sign-ins cannot be checked right now. Try again in a moment.',
  'session.not_checked': 'Sessions cannot be checked right now. Try again in a moment.',
  'session.too_many': 'Too many sign-ins. Wait a moment.',

  'sign_in.password_too_easy': 'This password is too easy to guess.',
  'sign_in.password_too_long': 'This password is too long. It may have at most 72 bytes.',
  'sign_in.email_not_accepted': 'This e-mail address is not accepted.',
  'sign_in.too_many': 'Too many sign-ins are being made right now. Wait a moment.',
  'sign_in.service_unreachable': 'The sign-in service cannot be reached right now. Try again.',
  'sign_in.mails_prove_nothing':
    'Nobody can be invited: the sign-in service confirms addresses without a mail. The operator of the platform has to change that.',
  'sign_in.other_installation':
    'This e-mail address belongs to another installation that shares the sign-in service.',
  'sign_in.given_elsewhere': 'This e-mail address is being given a sign-in elsewhere. Try again.',
  'sign_in.other_ways_in':
    'This e-mail address has an account that can also be opened by phone or through another service. Use another address.',
  'sign_in.used_elsewhere':
    'This sign-in is also used elsewhere, so its second step does not belong to this organisation alone. Ask the operator of the platform.',
  'sign_in.second_factor_is_own':
    'This second step belongs to the account. Ask your administrator to take it away.',
} as const;
