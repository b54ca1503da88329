import classes from './KeyHint.module.css';

/** Keys, as they are pressed: `<KeyHint keys="Ctrl+K" />`, `<KeyHint keys="g v" />` (one after the other). */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span className={classes.keys}>
      {keys.split(/[ +]/).map((key, index) => (
        <kbd key={`${key}${String(index)}`}>{key}</kbd>
      ))}
    </span>
  );
}
