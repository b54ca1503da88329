/** Parses an address; undefined when it isn't one. (`URL.canParse` is younger than the oldest Electron we run on.) */
export function parseAddress(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
