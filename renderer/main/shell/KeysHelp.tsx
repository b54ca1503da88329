import { t } from '@lingui/core/macro';
import { KeysSheet } from '../../ui/KeysSheet.tsx';
import type { Keys } from '../../ui/KeysSheet.tsx';
import { useNavigation } from './use-navigation.ts';

const everywhere: Keys = [
  ['Ctrl+K', t`Find a record or do something`],
  ['?', t`This list`],
  ['Ctrl+S', t`Save the form`],
  ['Esc', t`Close what is open`],
  ['j', t`The next order to approve`],
];
const orders: Keys = [
  ['a', t`Approve`],
  ['r', t`Reject`],
  ['e', t`Change the order`],
  ['c', t`Copy the order`],
];
const lists: Keys = [
  ['/', t`Search the list`],
  ['n', t`New record`],
  ['↑ ↓', t`Go from row to row`],
  ['Enter', t`Open the row`],
  ['Space', t`Mark the row; Ctrl+C copies what is marked`],
  ['→ ←', t`Into the links of the row, and back`],
  ['Home End', t`First and last row`],
];
const lines: Keys = [
  ['Tab', t`Next cell`],
  ['↑ ↓', t`The line above or below`],
  ['Enter', t`Next line; adds one at the end`],
  ['Ctrl+Delete', t`Remove the line`],
  ['Ctrl+V', t`Paste lines from a spreadsheet`],
  ['Ctrl+Z', t`Take the pasted lines back`],
  ['Shift+Space', t`Mark the line for a copy`],
  ['Ctrl+C', t`Copy the marked lines`],
];

/** All keys on one sheet. */
export function KeysHelp({ onClose }: { onClose: () => void }) {
  const jumps = useNavigation().flatMap((group) =>
    group.items.map((item) => [`g ${item.jump}`, item.label] as const),
  );
  const groups = [
    { title: t`Everywhere`, keys: everywhere },
    { title: t`Lists`, keys: lists },
    { title: t`Lines of a document`, keys: lines },
    { title: t`Orders`, keys: orders },
    { title: t`Go to`, keys: jumps },
  ];
  return <KeysSheet onClose={onClose} groups={groups} />;
}
