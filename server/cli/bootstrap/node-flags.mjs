/**
 * How the Node of every command is run. The young generation is kept small and the old one grows in small steps:
 * under load the API then stays around 200 MB (196 to 224 in the benchmark) for a tenth more processor time; without,
 * it takes 300 MB.
 */
export const nodeFlags = [
  '--disable-warning=ExperimentalWarning',
  '--max-semi-space-size=8',
  '--heap-growing-percent=40',
  `--import=${new URL('compile-cache.mjs', import.meta.url).href}`,
];
