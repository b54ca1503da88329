/** Values baked in by electron.vite.config.ts when a release is built; empty or absent otherwise. */
interface ImportMetaEnv {
  readonly QM_BUILT_API_URL?: string;
  readonly QM_BUILT_AUTH_URL?: string;
  readonly QM_BUILT_ANON_KEY?: string;
  readonly QM_BUILT_WEB_URL?: string;
  readonly QM_BUILT_UPDATE_URL?: string;
}

interface ImportMeta {
  readonly env: ImportMetaEnv;
}
