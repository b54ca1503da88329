import { app, BrowserWindow, dialog, net, powerMonitor, session } from 'electron';
import type { BaseWindow } from 'electron';
import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { join } from 'node:path';
import type { AuthSession, Connection, WindowKind } from '../ipc/contract.ts';
import { Refused } from '../ipc/answer.ts';
import type { Handlers } from '../ipc/answer.ts';
import { announce, registerChannels } from '../ipc/register.ts';
import type { ArrivingLinks } from './auth/arriving-links.ts';
import { AuthService } from './auth/auth-service.ts';
import { requireOperator } from './auth/operator-check.ts';
import { ServerClock } from './auth/server-clock.ts';
import { systemEncryption } from './auth/system-encryption.ts';
import { TokenStore } from './auth/token-store.ts';
import { speak } from './language.ts';
import { report } from './report.ts';
import { serveAppScheme } from './security/app-protocol.ts';
import { startErrorPath } from './security/served-file.ts';
import { guardSession } from './security/session-guard.ts';
import { acceptConnection, isSameConnection, resolveConnection } from './settings/connection.ts';
import type { ResolvedConnection } from './settings/connection.ts';
import { findConnection } from './settings/find-connection.ts';
import { policyFile, readPolicy } from './settings/policy.ts';
import { Settings } from './settings/settings.ts';
import { openSettingsFile } from './settings/settings-file.ts';
import { updateFeed } from '../releases/following/feed.ts';
import type { KeptWindow } from './updates/update-memory.ts';
import { deferralWords } from './updates/update-course.ts';
import { Updates } from './updates/updates.ts';
import { applyScheme, followScheme } from './windows/appearance.ts';
import { setMenu } from './windows/menu.ts';
import { OpenWindows } from './windows/open-windows.ts';
import { openWindow } from './windows/open-window.ts';
import { startErrorPage } from './windows/start-error.ts';
import { mayDiscard } from './windows/unsaved-work.ts';
import { Zoom } from './windows/zoom.ts';

/** The composition of the main process: who exists, and who tells whom. */
export class Shell {
  readonly #links: ArrivingLinks;
  readonly #windows = new OpenWindows();
  readonly #settings = new Settings(openSettingsFile('settings', report));
  readonly #tokens = new TokenStore(openSettingsFile('session', report), systemEncryption());
  readonly #clock = new ServerClock(this.#settings.clockOffset, (offset) => {
    this.#settings.clockOffset = offset;
  });
  readonly #zoom = new Zoom(this.#settings, this.#windows);
  readonly #policy = readPolicy(policyFile(process.platform, process.env.ProgramData), report);
  readonly #updates = new Updates({
    feed: updateFeed(import.meta.env.QM_BUILT_UPDATE_URL),
    root: import.meta.env.QM_BUILT_UPDATE_ROOT || undefined,
    channel:
      this.#policy?.channel ?? (import.meta.env.QM_BUILT_UPDATE_CHANNEL === 'beta' ? 'beta' : 'stable'),
    policy: this.#policy,
    installationNumber: this.#settings.installationNumber,
    isBusy: () => this.#windows.areBusy(),
    announce: (state) => announce(this.#windows, 'app:update', state),
    windows: () => this.#openPages(),
    mayRestart: () => this.#windows.withUnsavedWork().every((window) => mayDiscard(window, 'update')),
    beforeRestart: () => {
      this.#ending = true;
      // Drafts are on the disk before anything ends.
      session.defaultSession.flushStorageData();
    },
    report,
  });
  #resolved: ResolvedConnection = this.#resolveConnection();
  #auth: AuthService = this.#newAuth();
  #ending = false;

  constructor(links: ArrivingLinks) {
    this.#links = links;
  }

  /** Puts the first window on the screen; nothing before that waits for the network. */
  async start(): Promise<void> {
    this.#speak();
    applyScheme(this.#settings.theme);
    const services = () => [this.#resolved.connection.apiUrl, this.#resolved.connection.authUrl];
    serveAppScheme({ root: join(__dirname, '..', 'renderer'), services, startError: startErrorPage });
    guardSession(session.defaultSession, services, !app.isPackaged);
    registerChannels(this.#handlers(), this.#windows, report);
    this.#followLifecycle();
    await this.#auth.start();
    const kept = this.#updates.takeWindows();
    for (const { path, placement } of kept.length > 0 ? kept : [{ path: '/', placement: undefined }]) {
      const window = this.#open('main', path);
      if (placement) window.setBounds(placement);
    }
    followScheme(() => this.#windows.all());
    void this.#followConnectLink();
    this.#updates.start();
  }

  #open(kind: WindowKind, path: string): BrowserWindow {
    return openWindow(kind, path, {
      windows: this.#windows,
      settings: this.#settings,
      isEnding: () => this.#ending,
      report,
    });
  }

  #handlers(): Handlers<BrowserWindow> {
    return {
      'connection:get': () => ({ ...this.#resolved.connection, fixed: this.#resolved.fixed }),
      'connection:find': (_window, address) => findConnection(askAnyServer, address),
      'connection:set': (window, connection) => this.#setConnection(window, connection),
      'auth:signIn': (_window, email, password) => this.#auth.signIn(email, password),
      'auth:verifyTotp': (_window, factorId, code) => this.#auth.verifyTotp(factorId, code),
      'auth:sendRecoveryCode': (_window, email) => this.#auth.sendRecoveryCode(email),
      'auth:verifyMailedCode': (_window, email, token, mail) =>
        this.#auth.verifyMailedCode(email, token, mail),
      'auth:linkWaiting': () => this.#links.isWaiting(),
      'auth:followLink': () => {
        const link = this.#links.take();
        return link && this.#auth.followLink(link);
      },
      'auth:dropLink': () => void this.#links.take(),
      'auth:sendReauthenticationCode': () => this.#auth.sendReauthenticationCode(),
      'auth:changePassword': (_window, newPassword, proof) => this.#auth.changePassword(newPassword, proof),
      'auth:enrolTotp': (_window, name) => this.#auth.enrolTotp(name),
      'auth:listTotp': () => this.#auth.listTotp(),
      'auth:removeTotp': (_window, factorId) => this.#auth.removeTotp(factorId),
      'auth:getSession': () => this.#auth.getSession(),
      'auth:refreshSession': () => this.#auth.refreshSession(),
      'auth:signOut': (_window, scope) => this.#auth.signOut(scope),
      'windows:openAdmin': () => this.#openAdmin(),
      'windows:openInNewWindow': (_window, path) => void this.#open('main', path),
      'app:getVersion': () => ({
        app: app.getVersion(),
        electron: process.versions.electron,
        chrome: process.versions.chrome,
        platform: `${process.platform} ${process.arch}`,
      }),
      'app:getUpdate': () => this.#updates.state,
      'app:checkForUpdates': async (_window, needed) => void (await this.#updates.check(needed)),
      'app:setUpdateDeferral': (_window, deferral) => this.#updates.setDeferral(deferral),
      'app:started': () => this.#updates.started(),
      'app:installUpdate': () => this.#updates.install(),
      'app:setWorkUnderWay': (window, underWay) => {
        this.#windows.setUnderWay(window, underWay);
        if (!underWay) this.#updates.workEnded();
      },
      'app:setUnsavedWork': (window, unsaved) => {
        this.#windows.setUnsaved(window, unsaved);
        if (!unsaved) this.#updates.workEnded();
      },
      'language:get': () => this.#settings.language ?? null,
      'language:set': (_window, language) => {
        this.#settings.language = language;
        this.#speak();
      },
      'theme:set': (_window, scheme) => {
        this.#settings.theme = scheme;
        applyScheme(scheme);
      },
      'zoom:set': (_window, factor) => this.#zoom.set(factor),
      'zoom:get': () => this.#zoom.get(),
    };
  }

  /** Where each staff window is, to be opened there again after an update. */
  #openPages(): KeptWindow[] {
    return this.#windows.ofKind('main').flatMap((window) => {
      const { protocol, pathname, search } = new URL(window.webContents.getURL());
      if (protocol !== 'app:' || pathname.startsWith(startErrorPath)) return [];
      return [{ path: `${pathname}${search}`, placement: window.getNormalBounds() }];
    });
  }

  #resolveConnection(): ResolvedConnection {
    return resolveConnection(
      process.env,
      this.#settings.connection,
      {
        apiUrl: import.meta.env.QM_BUILT_API_URL,
        authUrl: import.meta.env.QM_BUILT_AUTH_URL,
        anonKey: import.meta.env.QM_BUILT_ANON_KEY,
        webUrl: import.meta.env.QM_BUILT_WEB_URL,
      },
      this.#policy?.connection,
    );
  }

  /** A link of a mail names the server: it is asked as one that a person typed, and the person is asked as well. */
  async #followConnectLink(): Promise<void> {
    const server = this.#links.takeServer();
    if (server === null) return;
    const window = this.#mainWindow();
    try {
      await this.#setConnection(window, await findConnection(askAnyServer, server));
    } catch (error) {
      const message = error instanceof Refused ? error.message : t`The server could not be connected to.`;
      if (!(error instanceof Refused)) report('a link to a server could not be followed', error);
      await dialog.showMessageBox(window, { type: 'info', message, buttons: [t`OK`] });
    }
  }

  /** A native question, because a page that was tampered with could answer its own. */
  async #setConnection(window: BrowserWindow, wanted: Connection): Promise<void> {
    if (this.#resolved.fixed)
      throw new Refused(t`The connection was set when Quartermaster was started and cannot be changed here.`);
    const connection = acceptConnection(wanted);
    if (isSameConnection(connection, this.#resolved.connection)) return;
    const [api, auth] = [new URL(connection.apiUrl).host, new URL(connection.authUrl).host];
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: t`Connect to ${api}?`,
      detail: t`You will be signed out, and sign in through ${auth}.`,
      buttons: [t`Cancel`, t`Connect`],
      defaultId: 1,
      cancelId: 0,
      noLink: true,
    });
    if (response !== 1) throw new Refused(t`The connection was left as it was.`);
    await this.#auth.signOut('local').catch(() => undefined);
    this.#auth.stop();
    this.#settings.connection = connection;
    // Of the company whose server it was.
    this.#updates.setDeferral(null);
    this.#resolved = { connection, fixed: false };
    this.#auth = this.#newAuth();
    // The policy of a page names the services it may reach, so every page is reloaded.
    for (const open of this.#windows.ofKind('main')) open.webContents.reloadIgnoringCache();
  }

  #newAuth(): AuthService {
    return new AuthService({
      connection: this.#resolved.connection,
      storage: this.#tokens,
      clock: this.#clock,
      fetch: servicesFetch,
      onChange: (current) => this.#sessionChanged(current),
    });
  }

  #sessionChanged(current: AuthSession | null): void {
    if (current === null) for (const admin of this.#windows.ofKind('admin')) admin.destroy();
    announce(this.#windows, 'auth:changed', current);
  }

  async #openAdmin(): Promise<void> {
    const [open] = this.#windows.ofKind('admin');
    if (open) return bringForward(open);
    const current = await this.#auth.getSession();
    if (current === null) throw new Refused(t`Please sign in to open the administration.`);
    await requireOperator(servicesFetch, this.#resolved.connection.apiUrl, current.accessToken);
    // A second press while the first was being answered.
    const [meanwhile] = this.#windows.ofKind('admin');
    if (meanwhile) bringForward(meanwhile);
    else this.#open('admin', '/');
  }

  #speak(): void {
    speak(this.#settings.language, app.getPreferredSystemLanguages());
    this.#setMenu();
  }

  #setMenu(): void {
    setMenu({
      newWindow: () => void this.#open('main', '/'),
      openAdmin: () => {
        this.#openAdmin().catch((error: unknown) => {
          const message =
            error instanceof Refused ? error.message : t`The administration could not be opened.`;
          void dialog.showMessageBox({ type: 'info', message, buttons: [t`OK`] });
        });
      },
      reload: (window) => this.#reload(window),
      zoomIn: () => this.#zoom.in(),
      zoomOut: () => this.#zoom.out(),
      zoomReset: () => this.#zoom.set(1),
      checkForUpdates: () => void this.#checkForUpdates(),
    });
  }

  /** From the menu: somebody waits for an answer. */
  async #checkForUpdates(): Promise<void> {
    const { managedBy } = this.#updates;
    const looked = await this.#updates.check();
    const update = this.#updates.state;
    if (managedBy === undefined && (update.state === 'ready' || update.state === 'downloading')) return;
    const version = app.getVersion();
    const message =
      managedBy ??
      (update.state === 'deferred'
        ? deferralWords(update.version, new Date(update.from))
        : looked
          ? t`There is no newer version. This is ${version}.`
          : t`New versions could not be looked for. Check that this computer is on its network.`);
    await dialog.showMessageBox({ type: 'info', message, buttons: [t`OK`] });
  }

  #reload(window: BaseWindow | undefined): void {
    if (!(window instanceof BrowserWindow)) return;
    if (this.#windows.hasUnsaved(window) && !mayDiscard(window, 'reload')) return;
    window.webContents.reload();
  }

  #followLifecycle(): void {
    app.on('second-instance', (_event, words) => {
      // A link of a mail starts the app a second time, on Windows and Linux.
      if (!this.#links.arrive(words)) this.#mainWindow();
    });
    this.#links.onArrival(() => {
      const window = this.#mainWindow();
      void this.#followConnectLink();
      if (!this.#links.isWaiting()) return;
      announce({ kindOf: () => 'main', all: () => [window] }, 'auth:link', null);
    });
    app.on('activate', () => {
      if (this.#windows.ofKind('main').length === 0) this.#open('main', '/');
    });
    app.on('window-all-closed', () => {
      if (process.platform !== 'darwin') app.quit();
    });
    app.on('will-quit', () => {
      this.#ending = true;
      this.#updates.stop();
      this.#auth.stop();
    });
    const wake = () => setTimeout(() => void this.#auth.keepFresh(), Math.random() * 2_000);
    powerMonitor.on('resume', wake);
    powerMonitor.on('unlock-screen', wake);
    // The system or the launcher ends us: asking would only be killed.
    powerMonitor.on('shutdown', () => this.#endNow());
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.#endNow());
  }

  /** The first staff window, in front of everything. */
  #mainWindow(): BrowserWindow {
    const [first] = this.#windows.ofKind('main');
    if (!first) return this.#open('main', '/');
    bringForward(first);
    return first;
  }

  #endNow(): void {
    this.#ending = true;
    app.quit();
  }
}

/** How the main process calls the services: without cookies or a cache. */
function servicesFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  // Mails and refusals are worded in the person's language.
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
  headers.set('accept-language', i18n.locale);
  return net.fetch(input instanceof URL ? input.href : input, {
    ...init,
    headers,
    credentials: 'omit',
    cache: 'no-store',
  });
}

/** Asks a server that the pages may not reach, since nobody has chosen it yet; in a session that keeps nothing. */
function askAnyServer(input: string, init: RequestInit): Promise<Response> {
  return session.fromPartition('asks-any-server', { cache: false }).fetch(input, {
    ...init,
    credentials: 'omit',
  });
}

function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
