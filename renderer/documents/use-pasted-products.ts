import { useEffect, useRef, type RefObject } from 'react';
import type { ProductNamed } from '../../server/domains/products/products.contract.ts';
import { addUnsettled } from '../ui/unsettled-choices.ts';
import { useTRPCClient } from '../lib/services.tsx';
import type { OrderLineValues, PastedProduct } from './order-lines.ts';
import { productOf, textsOf } from './pasted-lines.ts';

type Product = ProductNamed['product'];
type Change = (lines: readonly OrderLineValues[]) => OrderLineValues[];

/**
 * Looks up the products of pasted lines, all of a block in one call, and puts each into its line or says why it wasn't
 * found. A form that is saved meanwhile waits for the answer; so do lines of a draft that was kept before it came.
 */
export function usePastedProducts({
  lines,
  form,
  take,
  settle,
}: {
  lines: readonly OrderLineValues[];
  /** Anything within the form that waits. */
  form: RefObject<HTMLElement | null>;
  /** The line with its product. */
  take: (line: OrderLineValues, product: Product) => OrderLineValues;
  settle: (change: Change) => void;
}): void {
  const client = useTRPCClient();
  const asking = useRef(new Map<string, Promise<void>>());
  const known = useRef(new Map<string, Product[]>());
  const latest = useRef({ take, settle });
  useEffect(() => {
    latest.current = { take, settle };
  });
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);

  useEffect(() => {
    const texts = textsOf(lines).filter((text) => !asking.current.has(text));
    if (texts.length === 0) return;
    const isAsked = ({ text, name }: PastedProduct, of: (text: string) => boolean) =>
      of(text) && (name === '' || of(name));
    const finish = (change: (line: OrderLineValues, pasted: PastedProduct) => OrderLineValues) => {
      for (const text of texts) asking.current.delete(text);
      if (gone.current) return;
      latest.current.settle((now) =>
        now.map((line) => (line.pasted?.found === 'waiting' ? change(line, line.pasted) : line)),
      );
      if (asking.current.size === 0) known.current.clear();
    };
    const answer = client.products.named.mutate({ texts }).then(
      (found) => {
        for (const text of texts) known.current.set(text, []);
        for (const { text, product } of found) known.current.get(text)?.push(product);
        finish((line, pasted) => {
          if (!isAsked(pasted, (text) => known.current.has(text))) return line;
          const product = productOf(pasted, known.current);
          if (typeof product === 'string') return { ...line, pasted: { ...pasted, found: product } };
          return latest.current.take(line, product);
        });
      },
      () => {
        finish((line, pasted) =>
          isAsked(pasted, (text) => !texts.includes(text))
            ? line
            : { ...line, pasted: { ...pasted, found: 'unread' } },
        );
      },
    );
    for (const text of texts) asking.current.set(text, answer);
  }, [lines, client]);

  const isWaiting = lines.some(({ pasted }) => pasted?.found === 'waiting');
  useEffect(() => {
    if (!isWaiting || !form.current) return;
    return addUnsettled({
      field: form.current,
      // An unknown product is reported at its line: the form's own check stops there.
      settle: () => Promise.all(asking.current.values()).then(() => true),
    });
  }, [isWaiting, form]);
}
