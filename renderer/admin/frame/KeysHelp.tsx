import { KeysSheet } from '../../ui/KeysSheet.tsx';
import type { Keys } from '../../ui/KeysSheet.tsx';
import { places } from './places.ts';

const everywhere: Keys = [
  ['?', 'This list'],
  ['n', 'Set up an organisation'],
  ['Ctrl+S', 'Save the form'],
  ['Esc', 'Close what is open'],
];
const lists: Keys = [
  ['/', 'Search the list'],
  ['↑ ↓', 'Go from row to row'],
  ['Enter', 'Open the row'],
  ['Home End', 'First and last row'],
];
const jumps: Keys = places.map(({ key, label }) => [`g ${key}`, label] as const);

/** All keys of the window on one sheet. */
export function KeysHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const groups = [
    { title: 'Everywhere', keys: everywhere },
    { title: 'Lists', keys: lists },
    { title: 'Go to', keys: jumps },
  ];
  return <KeysSheet opened={opened} onClose={onClose} groups={groups} />;
}
