import { app, BrowserWindow, dialog, powerMonitor, session } from 'electron';
import type { BaseWindow } from 'electron';
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
import { askAnyServer, servicesFetch } from './asking-servers.ts';
import { speak } from './language.ts';
import { report } from './report.ts';
import { serveAppScheme } from './security/app-protocol.ts';
import { startErrorPath } from './security/served-file.ts';
import { guardSession } from './security/session-guard.ts';
import { resolveConnection } from './settings/connection.ts';
import type { ResolvedConnection } from './settings/connection.ts';
import { policyFile, readPolicy } from './settings/policy.ts';
import { ServerChoice } from './settings/server-choice.ts';
import { Settings } from './settings/settings.ts';
import { openSettingsFile } from './settings/settings-file.ts';
import { updateFeed } from '../releases/following/feed.ts';
import type { KeptWindow } from './updates/update-memory.ts';
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
  readonly #server = new ServerChoice(this.#resolveConnection(), {
    ask: askAnyServer,
    windows: this.#windows,
    changed: (connection) => this.#serverChanged(connection),
    report,
  });
  #auth: AuthService = this.#newAuth();
  #ending = false;

  constructor(links: ArrivingLinks) {
    this.#links = links;
  }

  /** Puts the first window on the screen; nothing before that waits for the network. */
  async start(): Promise<void> {
    this.#speak();
    applyScheme(this.#settings.theme);
    const services = () => [this.#server.connection.apiUrl, this.#server.connection.authUrl];
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
      'connection:get': () => this.#server.known,
      'connection:find': (_window, address) => this.#server.find(address),
      'connection:set': (window, connection) => this.#server.set(window, connection),
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

  /** Another server: everything of the previous one ends. */
  async #serverChanged(connection: Connection): Promise<void> {
    await this.#auth.signOut('local').catch(() => undefined);
    this.#auth.stop();
    this.#settings.connection = connection;
    this.#updates.setDeferral(null);
    this.#auth = this.#newAuth();
    // The policy of a page names the services it may reach, so every page is reloaded.
    for (const open of this.#windows.ofKind('main')) open.webContents.reloadIgnoringCache();
  }

  async #followConnectLink(): Promise<void> {
    const server = this.#links.takeServer();
    if (server !== null) await this.#server.follow(server, this.#mainWindow());
  }

  #newAuth(): AuthService {
    return new AuthService({
      connection: this.#server.connection,
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
    await requireOperator(servicesFetch, this.#server.connection.apiUrl, current.accessToken);
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
    const looked = await this.#updates.check();
    const message = this.#updates.answer(looked);
    if (message === undefined) return;
    await dialog.showMessageBox({ type: 'info', message, buttons: [t`OK`] });
  }

  #reload(window: BaseWindow | undefined): void {
    if (!(window instanceof BrowserWindow)) return;
    if (this.#windows.hasUnsaved(window) && !mayDiscard(window, 'reload')) return;
    window.webContents.reload();
  }

  #followLifecycle(): void {
    app.on('second-instance', (_event, words) => {
      // On Windows and Linux a mailed link starts the app a second time.
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

function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
