/** `unitPrice` and `purchase_order` as words: `Unit price`, `Purchase order`. */
export function fieldName(key: string): string {
  const words = key
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_.:]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The custom fields of a record, for `Facts`. */
export function attributeFacts(
  attributes: Readonly<Record<string, string>>,
): { label: string; value: string }[] {
  return Object.entries(attributes).map(([name, value]) => ({ label: fieldName(name), value }));
}
