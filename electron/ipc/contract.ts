/**
 * The whole conversation between the windows and the main process: one entry per channel, with the zod schemas
 * of its arguments and of its answer and the windows that may use it. Pure: zod and types only. The renderer
 * imports this file as a type; the main process and the preloads use the values.
 */
import { z } from 'zod';

/** The kinds of windows the shell opens. Each has its own origin (`app://main`, `app://admin`) and preload. */
export const windowKinds = ['main', 'admin'] as const;
export type WindowKind = (typeof windowKinds)[number];

const httpUrl = z.url({ protocol: /^https?$/ }).max(2048);

/** Where the services are. `anonKey` is Supabase's public key; nothing in here is secret. */
export const connectionSchema = z.strictObject({
  apiUrl: httpUrl,
  authUrl: httpUrl,
  anonKey: z.string().trim().min(1).max(4096),
  webUrl: httpUrl,
});
export type Connection = z.infer<typeof connectionSchema>;

/**
 * The connection as known now: `anonKey` is empty until this app is told where to connect; a connection from the
 * launcher is fixed.
 */
const knownConnection = connectionSchema.extend({ anonKey: z.string(), fixed: z.boolean() });
export type KnownConnection = z.infer<typeof knownConnection>;

/** What a window may ask for. It may send back the connection it was given: the main process drops `fixed`. */
const wantedConnection = connectionSchema
  .extend({ fixed: z.boolean().optional() })
  .transform(({ fixed: _fixed, ...connection }): Connection => connection);

/** What a window may know of the session: a short-lived access token, never the refresh token. */
const authSessionSchema = z.strictObject({
  accessToken: z.string().min(1),
  /** ISO 8601, by the auth server's clock. */
  expiresAt: z.iso.datetime(),
  user: z.strictObject({ id: z.uuid(), email: z.string() }),
  /** The company the token names: a screen of one company must never use another company's token. */
  companyId: z.string().nullable(),
});
export type AuthSession = z.infer<typeof authSessionSchema>;

const failure = z.strictObject({
  ok: z.literal(false),
  /** Supabase Auth's own error code, or `network` when the auth server could not be reached. */
  code: z.string(),
  message: z.string(),
});

const answer = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true),
    session: authSessionSchema,
    /** The password was right, and the user has a TOTP factor that must be verified next. */
    mfaRequired: z.strictObject({ factorId: z.uuid() }).optional(),
  }),
  failure,
]);
export type AuthAnswer = z.infer<typeof answer>;

/** What a mailed link led to: a sign-in, or a new password first. */
const linkAnswer = z.discriminatedUnion('ok', [
  answer.options[0].extend({ purpose: z.enum(['password', 'signIn']) }),
  failure,
]);
export type LinkAnswer = z.infer<typeof linkAnswer>;

const outcome = z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true) }), failure]);
export type AuthOutcome = z.infer<typeof outcome>;

const enrolment = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true),
    factorId: z.uuid(),
    /** An SVG image as a `data:` URL. */
    qrCode: z.string(),
    secret: z.string(),
    uri: z.string(),
  }),
  failure,
]);
export type TotpEnrolment = z.infer<typeof enrolment>;

const totpFactor = z.strictObject({ factorId: z.uuid(), name: z.string(), createdAt: z.string() });
export type TotpFactor = z.infer<typeof totpFactor>;

const signOutScopes = ['local', 'others', 'global'] as const;
export type SignOutScope = (typeof signOutScopes)[number];

/** The languages that the words of the product are written in (server/ground/languages.contract.ts). */
export const shellLanguages = ['en', 'hi'] as const;
export type ShellLanguage = (typeof shellLanguages)[number];

export const colourSchemes = ['light', 'dark', 'system'] as const;
export type ColourScheme = (typeof colourSchemes)[number];

const version = z.strictObject({
  app: z.string(),
  electron: z.string(),
  chrome: z.string(),
  platform: z.string(),
});
export type AppVersion = z.infer<typeof version>;

const updateStateSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('available'), version: z.string() }),
  z.strictObject({ state: z.literal('downloading'), version: z.string(), percent: z.number() }),
  z.strictObject({ state: z.literal('ready'), version: z.string() }),
  /** Downloaded, but not offered before this instant: the administrators' decision. */
  z.strictObject({ state: z.literal('deferred'), version: z.string(), from: z.iso.datetime() }),
  z.strictObject({ state: z.literal('failed'), message: z.string() }),
  /** The version failed to start twice; the previous one is running again. */
  z.strictObject({ state: z.literal('returned'), version: z.string() }),
  /** Nothing is offered, or what was offered is withdrawn. */
  z.strictObject({ state: z.literal('none') }),
]);
export type UpdateState = z.infer<typeof updateStateSchema>;

/**
 * The weekday (0 is Sunday) and hour from which the company offers its people new versions, and whose clock counts.
 */
export const updateDeferralSchema = z.strictObject({
  weekday: z.number().int().min(0).max(6),
  hour: z.number().int().min(0).max(23),
  timeZone: z.string().max(64),
});
export type UpdateDeferral = z.infer<typeof updateDeferralSchema>;

const email = z.string().trim().min(3).max(320);
const password = z.string().min(1).max(1024);
const totpCode = z.string().regex(/^\d{6}$/);
/** Six digits by default; a Supabase project may ask for up to ten. */
const emailedCode = z.string().regex(/^\d{6,10}$/);
/** The mails whose codes sign a person in: for a forgotten password, and an invitation. */
const mailKinds = ['recovery', 'invitation'] as const;
export type MailKind = (typeof mailKinds)[number];
/** Proof that the account's owner wants the new password; a mailed code or link used just before is enough. */
const passwordProof = z.strictObject({
  currentPassword: password.optional(),
  /** The code mailed by `sendReauthenticationCode`. */
  code: emailedCode.optional(),
});
export type PasswordProof = z.infer<typeof passwordProof>;
/** As people type it: with or without a scheme. */
const typedAddress = z.string().trim().min(1).max(2048);
const nothing = z.tuple([]);
/** A path inside the app (`/purchase-orders/…?tab=lines`): absolute, without a scheme, host or backslash. */
const appPath = z
  .string()
  .max(2048)
  .regex(/^\/(?![/\\])[^\\\s]*$/);

interface Channel {
  readonly args: z.ZodType<readonly unknown[]>;
  readonly result: z.ZodType;
  readonly windows: readonly WindowKind[];
}

/** Requests from a window, answered by the main process. */
export const channels = {
  'connection:get': { args: nothing, result: knownConnection, windows: ['main', 'admin'] },
  'connection:find': { args: z.tuple([typedAddress]), result: connectionSchema, windows: ['main'] },
  'connection:set': { args: z.tuple([wantedConnection]), result: z.void(), windows: ['main'] },
  'auth:signIn': { args: z.tuple([email, password]), result: answer, windows: ['main'] },
  'auth:verifyTotp': { args: z.tuple([z.uuid(), totpCode]), result: answer, windows: ['main'] },
  'auth:sendRecoveryCode': { args: z.tuple([email]), result: outcome, windows: ['main'] },
  'auth:verifyMailedCode': {
    args: z.tuple([email, emailedCode, z.enum(mailKinds)]),
    result: answer,
    windows: ['main'],
  },
  'auth:linkWaiting': { args: nothing, result: z.boolean(), windows: ['main'] },
  'auth:followLink': { args: nothing, result: linkAnswer.nullable(), windows: ['main'] },
  'auth:dropLink': { args: nothing, result: z.void(), windows: ['main'] },
  'auth:sendReauthenticationCode': { args: nothing, result: outcome, windows: ['main'] },
  'auth:changePassword': { args: z.tuple([password, passwordProof]), result: outcome, windows: ['main'] },
  'auth:enrolTotp': { args: z.tuple([z.string().min(1).max(100)]), result: enrolment, windows: ['main'] },
  'auth:listTotp': { args: nothing, result: z.array(totpFactor), windows: ['main'] },
  'auth:removeTotp': { args: z.tuple([z.uuid()]), result: outcome, windows: ['main'] },
  'auth:getSession': { args: nothing, result: authSessionSchema.nullable(), windows: ['main', 'admin'] },
  'auth:refreshSession': { args: nothing, result: authSessionSchema.nullable(), windows: ['main'] },
  'auth:signOut': { args: z.tuple([z.enum(signOutScopes)]), result: z.void(), windows: ['main'] },
  'windows:openAdmin': { args: nothing, result: z.void(), windows: ['main'] },
  'windows:openInNewWindow': { args: z.tuple([appPath]), result: z.void(), windows: ['main'] },
  'app:getVersion': { args: nothing, result: version, windows: ['main', 'admin'] },
  'app:getUpdate': { args: nothing, result: updateStateSchema, windows: ['main'] },
  'app:checkForUpdates': { args: z.tuple([z.boolean()]), result: z.void(), windows: ['main'] },
  'app:setUpdateDeferral': {
    args: z.tuple([updateDeferralSchema.nullable()]),
    result: z.void(),
    windows: ['main'],
  },
  'app:started': { args: nothing, result: z.void(), windows: ['main'] },
  'app:installUpdate': { args: nothing, result: z.void(), windows: ['main'] },
  'app:setWorkUnderWay': { args: z.tuple([z.boolean()]), result: z.void(), windows: ['main'] },
  'app:setUnsavedWork': { args: z.tuple([z.boolean()]), result: z.void(), windows: ['main'] },
  'language:get': { args: nothing, result: z.enum(shellLanguages).nullable(), windows: ['main', 'admin'] },
  'language:set': {
    args: z.tuple([z.enum(shellLanguages)]),
    result: z.void(),
    windows: ['main', 'admin'],
  },
  'theme:set': { args: z.tuple([z.enum(colourSchemes)]), result: z.void(), windows: ['main'] },
  'zoom:set': { args: z.tuple([z.number().min(0.5).max(3)]), result: z.void(), windows: ['main'] },
  'zoom:get': { args: nothing, result: z.number(), windows: ['main'] },
} as const satisfies Record<string, Channel>;

export type ChannelName = keyof typeof channels;
export type ChannelArgs<N extends ChannelName> = z.output<(typeof channels)[N]['args']>;
export type ChannelResult<N extends ChannelName> = z.output<(typeof channels)[N]['result']>;

/** Announcements from the main process to its windows. */
export const announcements = {
  'auth:changed': authSessionSchema.nullable(),
  /** A mailed link was opened; its contents stay in the main process. */
  'auth:link': z.null(),
  'app:update': updateStateSchema,
} as const;

export type AnnouncementName = keyof typeof announcements;
export type Announcement<N extends AnnouncementName> = z.output<(typeof announcements)[N]>;

/** Removes the listener. */
export type Unsubscribe = () => void;

/** What the staff window sees as `window.quartermaster`. Every promise rejects only on a refused or broken call. */
export interface DesktopBridge {
  getConnection(): Promise<KnownConnection>;
  /**
   * Asks the server at a typed address for its services. Stores nothing. Rejects, in words, when no Quartermaster
   * answers or passwords would travel unencrypted.
   */
  findConnection(address: string): Promise<Connection>;
  /**
   * Asks the person, stores the new addresses, ends the local session if they changed, and reloads the windows.
   * Rejects when the addresses were given by the launcher, or would send passwords over plain HTTP.
   */
  setConnection(connection: Connection): Promise<void>;
  auth: {
    signIn(email: string, password: string): Promise<AuthAnswer>;
    /** Completes a sign-in that answered `mfaRequired`, and confirms a factor from `enrolTotp`. */
    verifyTotp(factorId: string, code: string): Promise<AuthAnswer>;
    sendRecoveryCode(email: string): Promise<AuthOutcome>;
    /** Checks a mailed code. A new password must follow; until then nobody is signed in. */
    verifyMailedCode(email: string, token: string, mail: MailKind): Promise<AuthAnswer>;
    /** Whether a mailed link was opened and still waits to be followed or dropped. */
    linkWaiting(): Promise<boolean>;
    /** Signs in with the waiting link, replacing the signed-in person; null when no link waits. */
    followLink(): Promise<LinkAnswer | null>;
    dropLink(): Promise<void>;
    /** Called when a link is opened while the page is open. */
    onLink(listener: () => void): Unsubscribe;
    /** Mails a code that `changePassword` takes. */
    sendReauthenticationCode(): Promise<AuthOutcome>;
    changePassword(newPassword: string, proof: PasswordProof): Promise<AuthOutcome>;
    enrolTotp(name: string): Promise<TotpEnrolment>;
    /** Verified factors of the signed-in user; empty when signed out. */
    listTotp(): Promise<TotpFactor[]>;
    removeTotp(factorId: string): Promise<AuthOutcome>;
    /**
     * The current session, refreshed when close to its expiry; null when signed out, or while a second factor or a new
     * password is still missing. Without a network it returns the last session, possibly expired: being offline is not
     * being signed out.
     */
    getSession(): Promise<AuthSession | null>;
    /** A new token whatever the old one's age: the server's record of the person has changed. */
    refreshSession(): Promise<AuthSession | null>;
    /** Ends the session at Supabase Auth only: call the API's `auth.logout` first. */
    signOut(scope: SignOutScope): Promise<void>;
    /** Called with the session after a sign-in or refresh, and with null when it ends. */
    onChange(listener: (session: AuthSession | null) => void): Unsubscribe;
  };
  windows: {
    /** Opens the platform operators' window; rejects when the API doesn't know the user as an operator. */
    openAdmin(): Promise<void>;
    openInNewWindow(path: string): Promise<void>;
  };
  app: {
    getVersion(): Promise<AppVersion>;
    /** Called with the current state and with every change. */
    onUpdate(listener: (update: UpdateState) => void): Unsubscribe;
    /**
     * Checks at once; the share of a rollout does not hold back a person who asks.
     * @param needed the server works with newer versions only, so a deferral does not hold them back either
     */
    checkForUpdates(needed: boolean): Promise<void>;
    /** The company's decision on when new versions are offered; it holds until the next one. */
    setUpdateDeferral(deferral: UpdateDeferral | null): void;
    installUpdate(): Promise<void>;
    /** The page shows something a person can work with, or that its server is away: this version has started. */
    started(): void;
    /** While true, closing, reloading and updating ask first. */
    setUnsavedWork(unsaved: boolean): void;
    /** While true, a change is on its way or somebody is scanning: no restart is offered. */
    setWorkUnderWay(underWay: boolean): void;
  };
  language: {
    /** The language chosen on this computer; null until one is. */
    get(): Promise<ShellLanguage | null>;
    /** Stores the choice and switches menus and questions to it at once. */
    set(language: ShellLanguage): Promise<void>;
  };
  theme: { set(scheme: ColourScheme): Promise<void> };
  zoom: { set(factor: number): Promise<void>; get(): Promise<number> };
}

/** What the operators' window sees as `window.quartermaster`. */
export interface AdminBridge {
  getConnection: DesktopBridge['getConnection'];
  auth: Pick<DesktopBridge['auth'], 'getSession' | 'onChange'>;
  app: Pick<DesktopBridge['app'], 'getVersion'>;
  language: DesktopBridge['language'];
}
