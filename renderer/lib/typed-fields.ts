import { useState } from 'react';

/**
 * The values of a short form that isn't a record, such as a change of password, and what is wrong with each. Typing
 * clears it.
 */
export function useTypedFields<Values extends Readonly<Record<string, string>>>(untouched: Values) {
  const [typed, setTyped] = useState(untouched);
  const [wrong, setWrong] = useState<Partial<Record<keyof Values, string>>>({});
  return {
    typed,
    setWrong,
    clear: () => {
      setTyped(untouched);
    },
    /** What an input of the field is given. */
    field: (name: keyof Values & string) => ({
      value: typed[name] ?? '',
      error: wrong[name],
      onChange: (event: { currentTarget: { value: string } }) => {
        const { value } = event.currentTarget;
        setTyped((before) => ({ ...before, [name]: value }));
        setWrong({});
      },
    }),
  };
}
