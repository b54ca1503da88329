/**
 * The address updates come from, or undefined for none: the one the release was built with and no other, because the
 * environment of a person's programs must not choose what gets installed. Only `https:` is followed, except on this
 * machine, where the tests keep their feed.
 */
export function updateFeed(built: string | undefined): string | undefined {
  let url: URL;
  try {
    // `URL.canParse` is younger than the oldest Electron we run on.
    url = new URL(built ?? '');
  } catch {
    return undefined;
  }
  const local = url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return url.protocol === 'https:' || local ? url.href : undefined;
}
