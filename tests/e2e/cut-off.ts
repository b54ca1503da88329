/** In the page: what a reader can't read to its end, and has no other way to. */
export function cutOff(): string[] {
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
  for (const element of document.querySelectorAll<HTMLElement>(
    'main button, main a, main h1, main h2, main label, main dt, main dd, main th, main td, main [role=columnheader], main p',
  )) {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    if (box.width <= 1 || style.visibility === 'hidden' || (element.textContent ?? '').trim() === '')
      continue;
    const words = (element.textContent ?? '').trim().slice(0, 40);
    if (box.right > window.innerWidth + 1 && !scrollsSideways(element.parentElement))
      found.push(`“${words}” stands outside of the window`);
    const isCut =
      element.scrollWidth > element.clientWidth + 1 &&
      style.overflowX !== 'visible' &&
      style.display !== 'inline';
    const inner = element.querySelector<HTMLElement>('.mantine-Button-label');
    const labelCut = inner !== null && inner.scrollWidth > inner.clientWidth + 1;
    if ((isCut || labelCut) && !element.title && !scrollsSideways(element))
      found.push(`“${words}” is cut off`);
  }
  return [...new Set(found)];
}
