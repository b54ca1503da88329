import classes from './StatusTabs.module.css';

export interface StatusTab {
  label: string;
  /** The states it stands for; none are all. */
  states: readonly string[];
}

const same = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((state) => other.includes(state));

/** The usual filters of a list of documents, one press each. */
export function StatusTabs({
  label,
  tabs,
  value,
  onChange,
}: {
  label: string;
  tabs: readonly StatusTab[];
  value: readonly string[];
  onChange: (states: readonly string[]) => void;
}) {
  return (
    <div className={classes.tabs} role="group" aria-label={label}>
      {tabs.map((tab) => (
        <button
          key={tab.label}
          type="button"
          className={classes.tab}
          aria-pressed={same(tab.states, value)}
          onClick={() => {
            onChange(tab.states);
          }}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}
