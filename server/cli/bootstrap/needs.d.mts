export interface Needs {
  electron: boolean;
  display: boolean;
  browser: boolean;
  packaging: boolean;
  optional: boolean;
}

export function needsOf(command: string, args: string[], environment?: NodeJS.ProcessEnv): Needs;

export function hasDisplay(environment?: NodeJS.ProcessEnv): boolean;
