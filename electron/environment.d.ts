/** Values baked in by electron.vite.config.ts when a release is built; empty or absent otherwise. */
interface ImportMetaEnv {
  readonly QM_BUILT_API_URL?: string;
  readonly QM_BUILT_AUTH_URL?: string;
  readonly QM_BUILT_ANON_KEY?: string;
  readonly QM_BUILT_WEB_URL?: string;
  readonly QM_BUILT_UPDATE_URL?: string;
  readonly QM_BUILT_UPDATE_ROOT?: string;
  readonly QM_BUILT_UPDATE_CHANNEL?: string;
}

interface ImportMeta {
  readonly env: ImportMetaEnv;
}

/** A file of the repository that is packed with the main process; the value is its path at run time. */
declare module '*?asset' {
  const path: string;
  export default path;
}
