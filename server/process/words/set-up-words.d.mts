export function setUpWords(name: string, values?: Readonly<Record<string, string | number>>): string;
