export const electronLibraries: string[];

export function hasProgram(name: string): boolean;

export function installSystemPackages(
  names: string[],
  log: (line: string) => void,
): Promise<string | undefined>;
