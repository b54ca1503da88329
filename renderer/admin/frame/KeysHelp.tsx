import { t } from '@lingui/core/macro';
import { KeysSheet } from '../../ui/KeysSheet.tsx';
import type { Keys } from '../../ui/KeysSheet.tsx';
import { places } from './places.ts';

const everywhere: Keys = [
  ['?', t`This list`],
  ['n', t`Set up an organisation`],
  ['Ctrl+S', t`Save the form`],
  ['Esc', t`Close what is open`],
];
const lists: Keys = [
  ['/', t`Search the list`],
  ['↑ ↓', t`Go from row to row`],
  ['Enter', t`Open the row`],
  ['Space', t`Mark the row; Ctrl+C copies what is marked`],
  ['→ ←', t`Into the links of the row, and back`],
  ['Home End', t`First and last row`],
];
const jumps: Keys = places.map(({ key, label }) => [`g ${key}`, label] as const);

/** All keys of the window on one sheet. */
export function KeysHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const groups = [
    { title: t`Everywhere`, keys: everywhere },
    { title: t`Lists`, keys: lists },
    { title: t`Go to`, keys: jumps },
  ];
  return <KeysSheet opened={opened} onClose={onClose} groups={groups} />;
}
