/**
 * The last step before signing: makes sure the packed app can only be run as itself. Sets every fuse the packed Electron
 * has, and fails on one that is not named here, so that an update of Electron can't add an unsafe one unnoticed.
 */
const { FuseVersion, getCurrentFuseWire } = require('@electron/fuses');
const { rm } = require('node:fs/promises');
const path = require('node:path');

/** In the order of the fuse wire. https://www.electronjs.org/docs/latest/tutorial/fuses */
const fuses = [
  { name: 'RunAsNode', on: false },
  { name: 'EnableCookieEncryption', on: true },
  { name: 'EnableNodeOptionsEnvironmentVariable', on: false },
  { name: 'EnableNodeCliInspectArguments', on: false },
  { name: 'EnableEmbeddedAsarIntegrityValidation', on: true },
  { name: 'OnlyLoadAppFromAsar', on: true },
  { name: 'LoadBrowserProcessSpecificV8Snapshot', on: false },
  { name: 'GrantFileProtocolExtraPrivileges', on: false },
  // WebAssembly's own bounds checks stay in hardware; off would only make it slower.
  { name: 'WasmTrapHandlers', on: true },
];

/** @param {import('electron-builder').AfterPackContext} context */
exports.afterPack = async function afterPack(context) {
  const { packager, appOutDir, electronPlatformName } = context;
  const mac = electronPlatformName === 'darwin';
  const product = packager.appInfo.productFilename;
  const executable = mac
    ? path.join(appOutDir, `${product}.app`)
    : path.join(appOutDir, electronPlatformName === 'win32' ? `${product}.exe` : packager.executableName);

  // The substitute for a closed network carries a launcher, which would be looked for before the app's own archive.
  if (!mac) await rm(path.join(appOutDir, 'resources', 'app'), { recursive: true, force: true });

  const wire = await getCurrentFuseWire(executable);
  const present = Object.keys(wire).filter((key) => key !== 'version').length;
  if (present > fuses.length) {
    throw new Error(
      `This Electron has ${present} fuses, and electron/packaging/after-pack.cjs decides on ${fuses.length} only.`,
    );
  }
  await packager.addElectronFuses(context, {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    // Rewriting a binary breaks the ad-hoc signature without which Apple's processors don't run it.
    resetAdHocDarwinSignature: mac,
    ...Object.fromEntries(fuses.slice(0, present).map(({ on }, place) => [place, on])),
  });
  const missing = fuses.slice(present).map(({ name }) => name);
  if (missing.length > 0) {
    process.stdout.write(`  • this Electron is too old to know the fuses ${missing.join(', ')}\n`);
  }
};
