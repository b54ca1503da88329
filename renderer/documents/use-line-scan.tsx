import { t } from '@lingui/core/macro';
import { Button, Modal } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { isSameCode, productCodeIn } from '../../server/domains/products/products.contract.ts';
import { readGs1, type Gs1Content } from '../../server/ground/gs1/reading.contract.ts';
import { cueRight, cueWrong } from '../lib/cues.ts';
import { gs1FaultWords, readableScan } from '../lib/gs1-words.ts';
import { useScanner } from '../lib/scanner.ts';
import classes from './scanning.module.css';

interface ScannedProduct {
  sku: string;
  name: string;
  barcodes: readonly string[];
}

/** True when a scanned code means this product: one of its barcodes, or its SKU. */
function isCodeOf(product: ScannedProduct, code: string): boolean {
  return [product.sku, ...product.barcodes].some((own) => isSameCode(own, code));
}

function contentOf({ product }: { product: ScannedProduct }, code: string): Gs1Content | null {
  const reading = isCodeOf(product, code) ? null : readGs1(code);
  return reading?.kind === 'elements' ? reading : null;
}

export interface LineScan {
  /** What the last scan did, and the dialog in which a wrong one waits. Put it above the lines. */
  panel: ReactNode;
}

/**
 * Scanning against the lines of a document. A right scan sounds short and high and says what it did; a wrong one
 * sounds low and nothing more is counted until a person has acknowledged it (the scanner's own Enter doesn't).
 */
export function useLineScan<Line extends { product: ScannedProduct }>({
  lines,
  onHit,
  onOther,
  knowsOther = () => false,
  wrongAdvice,
  enabled = true,
}: {
  lines: readonly Line[];
  /** Counts one of the line's product, or the quantity of a GS1 code; returns what happened. */
  onHit: (line: Line, content: Gs1Content | null) => { text: string; attention?: boolean };
  /** Codes that aren't products (bins): what it did, or null when it isn't one of these either. */
  onOther?: (code: string) => { text: string } | null;
  /** Which codes these are. */
  knowsOther?: (code: string) => boolean;
  wrongAdvice: string;
  enabled?: boolean;
}): LineScan {
  const [wrong, setWrong] = useState<string | null>(null);
  const [last, setLast] = useState<{ text: string; attention: boolean; at: number } | null>(null);

  /** A code that a product has as it stands is no GS1 code. */
  const lineOf = (code: string) =>
    lines.find((one) => isCodeOf(one.product, code)) ??
    lines.find((one) => isCodeOf(one.product, productCodeIn(code)));
  const faultOf = (code: string) => {
    const reading = lineOf(code) ? null : readGs1(code);
    return reading?.kind === 'refused' ? reading : null;
  };
  const knows = (code: string) => lineOf(code) !== undefined || knowsOther(code) || faultOf(code) !== null;
  const fault = wrong === null ? null : faultOf(wrong);
  const onScan = (code: string) => {
    if (wrong !== null) {
      cueWrong();
      return;
    }
    const line = lineOf(code);
    const done = line ? onHit(line, contentOf(line, code)) : (onOther?.(code) ?? null);
    if (!done) {
      cueWrong();
      setWrong(code);
      return;
    }
    cueRight();
    setLast({ text: done.text, attention: 'attention' in done && done.attention === true, at: Date.now() });
  };
  useScanner(onScan, { enabled, knows });

  return {
    panel: (
      <>
        <div
          className={classes.bar}
          role="status"
          aria-live="assertive"
          data-attention={last?.attention || undefined}
        >
          {last ? (
            <span key={last.at} className={classes.hit}>
              {last.text}
            </span>
          ) : (
            <span
              className={classes.hint}
            >{t`Scan products anywhere on this screen: each scan counts one.`}</span>
          )}
        </div>
        <Modal
          opened={wrong !== null}
          onClose={() => {
            setWrong(null);
          }}
          withCloseButton={false}
          closeOnClickOutside={false}
          title={fault ? t`Not a sound GS1 code` : t`Not on this order`}
          classNames={{ header: classes.wrongHead ?? '', title: classes.wrongTitle ?? '' }}
          centered
        >
          <div className={classes.wrong} role="alert">
            <p className={classes.code}>{readableScan(wrong ?? '')}</p>
            <p>{t`${fault ? gs1FaultWords(fault) : wrongAdvice} Nothing was counted.`}</p>
            <Button
              color="red"
              size="md"
              fullWidth
              data-autofocus
              onClick={() => {
                setWrong(null);
              }}
            >{t`Put aside and go on`}</Button>
          </div>
        </Modal>
      </>
    ),
  };
}
