import { Quantity } from '../../ui/Figures.tsx';

/** What moved, with its sign. Going out is everyday business, so it isn't coloured like a debt. */
export function SignedQuantity({ value, unit }: { value: string; unit: string }) {
  if (!value.startsWith('-')) return <Quantity value={value} unit={unit} signed />;
  return (
    <>
      −<Quantity value={value.slice(1)} unit={unit} />
    </>
  );
}
