/** The door of the package: what the commands and the tests of Quartermaster may use of it. */
export { authEnvironment, type AuthEnvironment } from './environment.ts';
export {
  listLocalAuthKeys,
  replaceLocalAuthStandbyKey,
  revokeLocalAuthKey,
  rotateLocalAuthKeys,
} from './key-rotation.ts';
export { loadLocalAuthSecrets, signedWith, type LocalAuthSecrets } from './keys.ts';
export { startLocalAuth, type LocalAuth, type LocalAuthOptions } from './server.ts';
