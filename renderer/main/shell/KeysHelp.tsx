import { Modal } from '@mantine/core';
import { KeyHint } from '../../ui/KeyHint.tsx';
import classes from './KeysHelp.module.css';
import { useNavigation } from './use-navigation.ts';

const everywhere = [
  ['Ctrl+K', 'Find a record or do something'],
  ['?', 'This list'],
  ['Ctrl+S', 'Save the form'],
  ['Esc', 'Close what is open'],
] as const;
const lists = [
  ['/', 'Search the list'],
  ['n', 'New record'],
  ['↑ ↓', 'Go from row to row'],
  ['Enter', 'Open the row'],
  ['Space', 'Select the row'],
  ['Home End', 'First and last row'],
] as const;
const lines = [
  ['Tab', 'Next cell'],
  ['↑ ↓', 'The line above or below'],
  ['Enter', 'Next line; adds one at the end'],
  ['Ctrl+Delete', 'Remove the line'],
] as const;

/** All keys on one sheet. */
export function KeysHelp({ onClose }: { onClose: () => void }) {
  const jumps = useNavigation().flatMap((group) =>
    group.items.map((item) => [`g ${item.jump}`, item.label] as const),
  );
  return (
    <Modal opened onClose={onClose} title="Keys" size="lg">
      <div className={classes.sheet}>
        <Group title="Everywhere" keys={everywhere} />
        <Group title="Lists" keys={lists} />
        <Group title="Lines of a document" keys={lines} />
        <Group title="Go to" keys={jumps} />
      </div>
    </Modal>
  );
}

function Group({ title, keys }: { title: string; keys: readonly (readonly [string, string])[] }) {
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
