import type { Language } from '../ground/languages.contract.ts';

export function languageOfTerminal(environment: NodeJS.ProcessEnv): Language;
