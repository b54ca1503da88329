export interface FoundElectron {
  executablePath: string;
  distPath: string;
  version: string;
  official: boolean;
}

export function ensureElectron(options: {
  repoRoot: string;
  log?: (line: string) => void;
}): Promise<FoundElectron>;

export function sandboxArguments(executablePath: string, log?: (line: string) => void): string[];

export function missingLibraries(executablePath: string): string[];
