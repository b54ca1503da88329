/**
 * How the desktop app is packaged. `npm run package` (server/cli/package.ts) builds the app into a folder of its own
 * and calls electron-builder with this; what differs by installation or by machine comes from the environment:
 *
 *   QM_PACKAGE_DIR, QM_PACKAGE_OUT       the built app and the folder for its packages
 *   QM_ELECTRON_DIST, QM_ELECTRON_VERSION the Electron to pack
 *   QM_UPDATE_URL                        the address of the update feed
 *   QM_UPDATE_ROOT                       the file of the root metadata whose keys sign its updates (npm run release:keys);
 *                                        nothing is packed with a feed and without a root
 *   QM_UPDATE_CHANNEL                    stable (the default) or beta
 *   CSC_LINK, CSC_KEY_PASSWORD           the signing certificate (macOS, or Windows without Azure)
 *   APPLE_ID, APPLE_APP_SPECIFIC_PASSWORD, APPLE_TEAM_ID or APPLE_API_KEY, APPLE_API_KEY_ID, APPLE_API_ISSUER
 *                                        notarisation
 *   AZURE_SIGNING_ENDPOINT, AZURE_SIGNING_ACCOUNT, AZURE_SIGNING_PROFILE with AZURE_TENANT_ID, AZURE_CLIENT_ID,
 *   AZURE_CLIENT_SECRET                  Azure Artifact Signing (Windows)
 *   QM_WINDOWS_PUBLISHER                 the certificate's subject; electron-updater checks an update's signature
 *                                        only when it knows it, so nothing is packed for Windows without it
 *   QM_MAINTAINER, QM_HOMEPAGE           shown by Linux package managers
 */
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { afterPack } = require('./electron/packaging/after-pack.cjs');

const env = process.env;
const here = path.dirname(module.filename);
const appFolder = path.resolve(here, env.QM_PACKAGE_DIR || '.cache/package/app');
const publisher = env.QM_WINDOWS_PUBLISHER?.trim();
const azure =
  env.AZURE_SIGNING_ENDPOINT && publisher
    ? {
        endpoint: env.AZURE_SIGNING_ENDPOINT,
        codeSigningAccountName: env.AZURE_SIGNING_ACCOUNT,
        certificateProfileName: env.AZURE_SIGNING_PROFILE,
        publisherName: publisher,
      }
    : undefined;
const notarises = Boolean(env.APPLE_ID || env.APPLE_API_KEY || env.APPLE_KEYCHAIN_PROFILE);
const { version } = JSON.parse(readFileSync(path.join(here, 'package.json'), 'utf8'));

/** @type {import('electron-builder').Configuration} */
module.exports = {
  appId: 'app.quartermaster.desktop',
  productName: 'Quartermaster',
  copyright: `Quartermaster ${version}`,
  directories: {
    app: appFolder,
    output: path.resolve(here, env.QM_PACKAGE_OUT || 'release'),
    buildResources: 'electron/resources',
  },
  files: ['out/**', 'package.json', '!**/*.map'],
  asar: true,
  // Everything is bundled: there is nothing to install or rebuild, and no node_modules to pack. (`npmRebuild: false`
  // would keep this from being asked, and node_modules of the whole repository would be packed.)
  beforeBuild: () => Promise.resolve(false),
  ...(env.QM_ELECTRON_DIST && { electronDist: env.QM_ELECTRON_DIST }),
  ...(env.QM_ELECTRON_VERSION && { electronVersion: env.QM_ELECTRON_VERSION }),
  electronLanguages: ['en-US', 'en-GB', 'en', 'hi'],
  artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
  publish: env.QM_UPDATE_URL ? [{ provider: 'generic', url: env.QM_UPDATE_URL, channel: 'latest' }] : null,
  beforePack: ({ electronPlatformName }) => {
    if (electronPlatformName === 'win32' && !publisher)
      throw new Error(
        'QM_WINDOWS_PUBLISHER is not set: without the publisher an installed Quartermaster would take updates signed by anybody.',
      );
    if (env.QM_UPDATE_URL && !env.QM_UPDATE_ROOT)
      throw new Error(
        'QM_UPDATE_URL is set and QM_UPDATE_ROOT is not: without the root metadata the app could trust no update and would take none.',
      );
  },
  // Fuses are set there: which ones exist depends on the Electron packed.
  afterPack,
  // So that a link of a mail opens the app (electron/main/auth/arriving-links.ts).
  protocols: [{ name: 'Quartermaster', schemes: ['quartermaster'] }],
  win: {
    target: [
      { target: 'nsis', arch: ['x64', 'arm64'] },
      { target: 'msi', arch: ['x64'] },
    ],
    icon: 'electron/resources/icon.png',
    ...(azure && { azureSignOptions: azure }),
    ...(!azure && publisher && { signtoolOptions: { publisherName: publisher } }),
  },
  nsis: { oneClick: true, perMachine: false, deleteAppDataOnUninstall: false },
  // For managed fleets: for all people of a computer, without an updater of its own (electron/main/updates/installation.ts).
  msi: { perMachine: true, oneClick: false },
  mac: {
    target: [
      { target: 'dmg', arch: ['x64', 'arm64'] },
      { target: 'zip', arch: ['x64', 'arm64'] },
    ],
    icon: 'electron/resources/icon.png',
    category: 'public.app-category.business',
    hardenedRuntime: true,
    notarize: notarises,
  },
  linux: {
    target: ['AppImage', 'deb', 'tar.gz'],
    icon: 'electron/resources/icon.png',
    executableName: 'quartermaster',
    category: 'Office',
    synopsis: 'Back office for warehouse and procurement teams',
    maintainer: env.QM_MAINTAINER || 'Quartermaster <support@quartermaster.example>',
    syncDesktopName: true,
  },
  deb: {
    packageCategory: 'misc',
    priority: 'optional',
    compression: 'gz',
    // electron-builder's own list leaves out the libraries for sound and buffers.
    depends: [
      ...['libgtk-3-0', 'libnotify4', 'libnss3', 'libxss1', 'libxtst6', 'xdg-utils', 'libatspi2.0-0'],
      ...['libuuid1', 'libsecret-1-0', 'libgbm1', 'libasound2'],
    ],
  },
};
