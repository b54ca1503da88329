import type { Page } from '@playwright/test';

/** The windows people have, from a large screen to a handheld; a zoom of 150 and 200 % is that much less of 1280 × 800. */
const windows = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 800 },
  { width: 1024, height: 700 },
  { width: 853, height: 533 },
  { width: 640, height: 400 },
  { width: 390, height: 844 },
];

/** What is cut off of the screen that is there now, in any of the windows. */
export async function cutOffAtAnySize(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const size of windows) {
    await page.setViewportSize(size);
    await page.evaluate(atRest);
    for (const fault of await page.evaluate(cutOff))
      faults.push(`${String(size.width)} × ${String(size.height)}: ${fault}`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  return faults;
}

/** In the page: waits until it is drawn and nothing slides any more; a note on its way out stands outside for a moment. */
async function atRest(): Promise<void> {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const moves = document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
  await Promise.allSettled(moves.map(({ finished }) => finished));
}

/** In the page: text that a reader has no way to read to its end. */
function cutOff(): string[] {
  const found: string[] = [];
  const root = document.scrollingElement;
  if (root && root.scrollWidth > root.clientWidth) found.push('the page scrolls sideways');
  for (const scroller of document.querySelectorAll('[data-page-scroll]'))
    if (scroller.scrollWidth > scroller.clientWidth + 1) found.push('the page’s content scrolls sideways');
  for (const list of document.querySelectorAll<HTMLElement>('[role=grid]'))
    if (getComputedStyle(list).overflowX === 'auto' && list.scrollWidth > list.clientWidth + 1)
      found.push(`the list ${list.ariaLabel ?? ''} scrolls sideways`);
  const scrollsSideways = (box: Element | null): boolean => {
    for (let at = box; at && at !== document.body; at = at.parentElement) {
      const flow = getComputedStyle(at).overflowX;
      if ((flow === 'auto' || flow === 'scroll') && at.scrollWidth > at.clientWidth) return true;
    }
    return false;
  };
  const words =
    'button, a, h1, h2, h3, label, dt, dd, th, td, p, [role=columnheader], [role=option], [role=menuitem]';
  const parts = 'main, [role=dialog], [role=menu], [role=listbox], [role=alert], header, nav';
  for (const element of document.querySelectorAll<HTMLElement>(`:is(${parts}) :is(${words})`)) {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    if (box.width <= 1 || style.visibility === 'hidden' || (element.textContent ?? '').trim() === '')
      continue;
    const said = (element.textContent ?? '').trim().slice(0, 40);
    // The heads of a long table follow its rows, which scroll.
    const rows = element.closest('[role=grid]')?.querySelector('[role=presentation]') ?? null;
    if (
      box.right > window.innerWidth + 1 &&
      !scrollsSideways(element.parentElement) &&
      !scrollsSideways(rows)
    )
      found.push(`“${said}” stands outside of the window`);
    const isCut =
      element.scrollWidth > element.clientWidth + 1 &&
      style.overflowX !== 'visible' &&
      style.display !== 'inline';
    const inner = element.querySelector<HTMLElement>('.mantine-Button-label');
    const labelCut = inner !== null && inner.scrollWidth > inner.clientWidth + 1;
    if ((isCut || labelCut) && !element.title && !scrollsSideways(element))
      found.push(`“${said}” is cut off`);
  }
  const canvas = document.createElement('canvas').getContext('2d');
  for (const field of document.querySelectorAll<HTMLInputElement>('input[placeholder]')) {
    const style = getComputedStyle(field);
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    // In a line of a document, and beside what was typed before, a hint may end in an ellipsis.
    const mayEnd = style.textOverflow === 'ellipsis' || field.matches('[class*=TagsInput]');
    if (!canvas || room <= 0 || field.value !== '' || mayEnd) continue;
    canvas.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    if (canvas.measureText(field.placeholder).width > room + 2)
      found.push(`“${field.placeholder}” doesn’t fit into its field`);
  }
  return [...new Set(found)];
}
