import type { WindowKind } from '../../ipc/contract.ts';
import { pageColours } from './page-colours.ts';

const { light, dark } = pageColours;

const styles = `
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: ${light.ground}; color: ${light.ink};
  font: 16px/1.5 'IBM Plex Sans', system-ui, sans-serif; }
main { max-width: 30rem; padding: 2rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .75rem; text-wrap: balance; }
p { margin: 0 0 1.25rem; }
.quiet { color: ${light.quiet}; font-size: .875rem; }
a { display: inline-block; padding: .5rem 1rem; border-radius: 4px; background: ${light.accent}; color: ${light.onAccent}; text-decoration: none; }
a:focus-visible { outline: 2px solid ${light.accent}; outline-offset: 2px; }
@media (prefers-color-scheme: dark) {
  body { background: ${dark.ground}; color: ${dark.ink}; }
  .quiet { color: ${dark.quiet}; }
  a { background: ${dark.accent}; color: ${dark.onAccent}; }
  a:focus-visible { outline-color: ${dark.accent}; }
}`;

const failed = {
  title: 'This page could not be opened',
  text: 'Something went wrong while it was loading. Everything you saved is on the server.',
};

const reasons = new Map([
  [
    'missing',
    {
      title: 'Quartermaster could not start',
      text: 'The files of its pages are missing or damaged. Installing Quartermaster again puts them back; nothing you saved is affected.',
    },
  ],
  [
    'crashed',
    {
      title: 'This window stopped working',
      text: 'Everything you saved is on the server. What you were typing is offered again where a draft was kept.',
    },
  ],
  [
    'memory',
    {
      title: 'This window ran out of memory',
      text: 'Everything you saved is on the server. Close programs you don’t need before you go on.',
    },
  ],
]);

/**
 * The page a window shows when its own can't run: no scripts, no assets, nothing that could fail again.
 * @param reason one of the keys above; anything else counts as `failed`
 * @param nonce lets the page's own styles through its policy
 */
export function startErrorPage(page: WindowKind, reason: string | null, nonce: string): string {
  const { title, text } = reasons.get(reason ?? '') ?? failed;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="color-scheme" content="light dark" />
    <title>${title}</title>
    <style nonce="${nonce}">${styles}</style>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      <p>${text}</p>
      <p class="ways"><a href="app://${page}/">Try again</a></p>
      <p class="quiet">If it happens again, tell your administrator what you were doing.</p>
    </main>
  </body>
</html>`;
}
