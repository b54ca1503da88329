import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
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

interface Explanation {
  readonly title: string;
  readonly text: string;
}

/** What went wrong, in the current language: the page is made again each time. */
function explanationOf(reason: string | null): Explanation {
  switch (reason) {
    case 'missing':
      return {
        title: t`Quartermaster could not start`,
        text: t`Its own files are missing or damaged. Install Quartermaster again to put them back; nothing you saved is lost.`,
      };
    case 'crashed':
      return {
        title: t`This window stopped working`,
        text: t`Everything you saved is on the server. What you were typing is offered again where a draft was kept.`,
      };
    case 'memory':
      return {
        title: t`This window ran out of memory`,
        text: t`Everything you saved is on the server. Close programs you don’t need before you go on.`,
      };
    default:
      return {
        title: t`This page could not be opened`,
        text: t`Something went wrong while it was loading. Everything you saved is on the server.`,
      };
  }
}

/**
 * The page a window shows when its own can't run: no scripts, no assets, nothing that could fail again.
 * @param reason `missing`, `crashed` or `memory`; anything else counts as a page that failed to load
 * @param nonce lets the page's own styles through its policy
 */
export function startErrorPage(page: WindowKind, reason: string | null, nonce: string): string {
  const { title, text } = explanationOf(reason);
  return `<!doctype html>
<html lang="${i18n.locale}">
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
      <p class="ways"><a href="app://${page}/">${t`Try again`}</a></p>
      <p class="quiet">${t`If it happens again, tell your administrator what you were doing.`}</p>
    </main>
  </body>
</html>`;
}
