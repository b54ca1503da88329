import { t } from '@lingui/core/macro';

/** The order matters: most browsers also name the ones they descend from. */
const programs: readonly (readonly [mark: RegExp, name: string])[] = [
  [/Quartermaster|Electron/, 'Quartermaster'],
  [/Edg\w*\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
];
const systems: readonly (readonly [mark: RegExp, name: string])[] = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS/, 'macOS'],
  [/Linux|X11/, 'Linux'],
];

/**
 * A device as people speak of it: a browser that gave no name of its own, only its header (`Mozilla/5.0 (X11; …`), is
 * `Chrome on Linux`. An address after it stays.
 */
export function deviceWords(device: string): string {
  const [, header, address] = /^(Mozilla\/.*?)(?:, ([0-9a-f.:]+))?$/i.exec(device) ?? [];
  if (header === undefined) return device;
  const named = (list: typeof programs) => list.find(([mark]) => mark.test(header))?.[1];
  const [program, system] = [named(programs) ?? t`Browser`, named(systems)];
  const words = system ? t`${program} on ${system}` : program;
  return address ? `${words}, ${address}` : words;
}
