/** Puts text on the clipboard; also where the page has no clipboard of its own (plain http on the warehouse floor). */
export async function copyText(text: string): Promise<void> {
  // The types promise it everywhere; browsers give it to secure pages only.
  const { clipboard } = navigator as { clipboard?: Clipboard };
  if (clipboard) {
    await clipboard.writeText(text);
    return;
  }
  const give = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', give, { once: true, capture: true });
  // Deprecated, but the only way for a page over plain http.
  const isCopied = document.execCommand('copy');
  document.removeEventListener('copy', give, { capture: true });
  if (!isCopied) throw new Error('The browser let nothing be copied.');
}
