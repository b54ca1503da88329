import type { Labels } from '../../../server/domains/labels/labels.contract.ts';

/** Gives the labels to the person as a file. */
export function saveLabels({ content, contentType, encoding, fileName }: Labels): void {
  const bytes =
    encoding === 'base64' ? Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0)) : content;
  const address = URL.createObjectURL(new Blob([bytes], { type: contentType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}
