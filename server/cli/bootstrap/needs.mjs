import process from 'node:process';

/**
 * What a command needs besides the dependencies.
 * @typedef {object} Needs
 * @property {boolean} electron an Electron that starts
 * @property {boolean} display an X server of our own when there is none (Xvfb)
 * @property {boolean} browser a Chromium for the tests of the interface in a browser
 * @property {boolean} packaging the archiver that electron-builder calls
 * @property {boolean} optional the command goes on without (the browser takes the window's place)
 */

/** @type {Needs} */
const nothing = { electron: false, display: false, browser: false, packaging: false, optional: false };

/**
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Needs}
 */
export function needsOf(command, args, environment = process.env) {
  if (command === 'release' && args.some((argument) => argument.startsWith('--built='))) return nothing;
  switch (command) {
    case 'start':
      return {
        ...nothing,
        electron: !args.includes('--headless') && hasDisplay(environment),
        optional: true,
      };
    case 'test':
      return testsNeedDesktop(args) ? { ...nothing, electron: true, display: true, browser: true } : nothing;
    case 'bench':
      return { ...nothing, electron: true, display: true, optional: true };
    case 'package':
    case 'release':
      return { ...nothing, electron: true, packaging: true };
    default:
      return nothing;
  }
}

/** Whether a window can be shown: always on Windows and macOS, elsewhere with X11 or Wayland. */
export function hasDisplay(environment = process.env) {
  return process.platform !== 'linux' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

/** Units and integration run without a window; everything, `e2e` and the folders of Playwright's tests don't. */
function testsNeedDesktop(args) {
  const chosen = args.filter((argument) => !argument.startsWith('-'));
  return chosen.length === 0 || chosen.some((name) => /e2e|release|updates/.test(name));
}
