import { t } from '@lingui/core/macro';
import { readGs1, type Gs1Refusal } from '../../server/ground/gs1/reading.contract.ts';
import { elementsInWords } from '../../server/ground/gs1/writing.contract.ts';

/** What was scanned, as people read it: a GS1 code as it is printed below its symbol. */
export function readableScan(code: string): string {
  const reading = readGs1(code);
  if (reading.kind === 'elements') return elementsInWords(reading.elements);
  return code.replaceAll('\u001d', ' ');
}

/** Why a GS1 code can't be taken. */
export function gs1FaultWords({ fault, ai, value }: Gs1Refusal): string {
  const at = `(${ai}) ${value}`;
  switch (fault) {
    case 'check_digit':
      return t`The check digit in ${at} is wrong: the code was read or printed wrong.`;
    case 'length':
      return t`The value in ${at} is too short or too long.`;
    case 'characters':
      return t`There are characters in ${at} that don’t belong there.`;
    case 'date':
      return t`There is no such day as in ${at}.`;
    case 'count':
      return t`The quantity in ${at} is zero.`;
    case 'identifier':
      return t`No known GS1 identifier stands before ${value}.`;
    case 'unfinished':
      return t`The GS1 code is empty.`;
    case 'twice':
      return t`The GS1 code has two different values of (${ai}).`;
    case 'two_products':
      return t`The GS1 code names two products.`;
    case 'no_count':
      return t`The GS1 code names what is in the case, but not how many.`;
    case 'link':
      return t`The GS1 link can’t be read.`;
  }
}
