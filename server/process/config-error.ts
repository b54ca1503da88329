/** A wrong or missing setting; its message is the one sentence to show. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}
