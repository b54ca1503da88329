import process from 'node:process';
import { ensureElectron, missingLibraries } from './electron-binary.mjs';
import { ExpectedError } from '../../process/expected-error.mjs';
import { electronLibraries, hasProgram, installSystemPackages } from './system-packages.mjs';
import { setUpWords } from '../../process/words/set-up-words.mjs';

/**
 * Electron and the system packages that a command needs.
 * @param {{ repoRoot: string, log: (line: string) => void, needs: import('./needs.mjs').Needs }} options
 * @returns {Promise<NodeJS.ProcessEnv>} what the command is told: the Electron to use, or why there is none
 */
export async function prepareDesktop({ repoRoot, log, needs }) {
  /** @type {NodeJS.ProcessEnv} */
  const environment = {};
  if (needs.electron) {
    try {
      const electron = await ensureElectron({ repoRoot, log: needs.optional ? quietly(log) : log });
      environment.QM_ELECTRON_EXECUTABLE = electron.executablePath;
    } catch (error) {
      if (!needs.optional) throw new ExpectedError(error.message, { cause: error });
      environment.QM_ELECTRON_PROBLEM = error.message;
    }
  }
  if (process.platform !== 'linux') return environment;

  const missing = missingPackages(environment.QM_ELECTRON_EXECUTABLE, needs);
  if (missing.length === 0) return environment;
  const command = await installSystemPackages(missing, log);
  if (!command) return environment;
  const sentence = setUpWords('set_up.packages_missing', { command });
  if (!needs.optional) throw new ExpectedError(`${sentence}\n${setUpWords('set_up.then_again')}`);
  environment.QM_ELECTRON_PROBLEM = sentence;
  delete environment.QM_ELECTRON_EXECUTABLE;
  return environment;
}

function missingPackages(executable, needs) {
  const missing = [];
  if (executable && missingLibraries(executable).length > 0) missing.push(...electronLibraries);
  if (needs.display && !hasProgram('Xvfb')) missing.push('xvfb');
  if (needs.browser && !['chromium', 'chromium-browser', 'google-chrome'].some(hasProgram))
    missing.push('chromium');
  if (needs.packaging && !['7za', '7z'].some(hasProgram)) missing.push('p7zip-full');
  return missing;
}

/** A start that finds everything in place prints nothing about it. */
function quietly(log) {
  return (line) => {
    if (!/^Electron \S+ \(official\)$/.test(line)) log(line);
  };
}
