import { Modal } from '@mantine/core';
import { KeyHint } from '../../ui/KeyHint.tsx';
import classes from './KeysHelp.module.css';
import { places } from './places.ts';

type Keys = readonly (readonly [string, string])[];

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
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" size="lg">
      <div className={classes.sheet}>
        <Group title="Everywhere" keys={everywhere} />
        <Group title="Lists" keys={lists} />
        <Group title="Go to" keys={jumps} />
      </div>
    </Modal>
  );
}

function Group({ title, keys }: { title: string; keys: Keys }) {
  return (
    <section className={classes.group}>
      <h3>{title}</h3>
      <dl>
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <KeyHint keys={key} />
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
