import { KeysSheet } from '../../ui/KeysSheet.tsx';
import type { Keys } from '../../ui/KeysSheet.tsx';
import { useNavigation } from './use-navigation.ts';

const everywhere: Keys = [
  ['Ctrl+K', 'Find a record or do something'],
  ['?', 'This list'],
  ['Ctrl+S', 'Save the form'],
  ['Esc', 'Close what is open'],
  ['j', 'The next order to approve'],
];
const lists: Keys = [
  ['/', 'Search the list'],
  ['n', 'New record'],
  ['↑ ↓', 'Go from row to row'],
  ['Enter', 'Open the row'],
  ['Space', 'Select the row'],
  ['Home End', 'First and last row'],
];
const lines: Keys = [
  ['Tab', 'Next cell'],
  ['↑ ↓', 'The line above or below'],
  ['Enter', 'Next line; adds one at the end'],
  ['Ctrl+Delete', 'Remove the line'],
];

/** All keys on one sheet. */
export function KeysHelp({ onClose }: { onClose: () => void }) {
  const jumps = useNavigation().flatMap((group) =>
    group.items.map((item) => [`g ${item.jump}`, item.label] as const),
  );
  const groups = [
    { title: 'Everywhere', keys: everywhere },
    { title: 'Lists', keys: lists },
    { title: 'Lines of a document', keys: lines },
    { title: 'Go to', keys: jumps },
  ];
  return <KeysSheet onClose={onClose} groups={groups} />;
}
