import type { english } from './english.contract.ts';

export const hindi: Readonly<Record<keyof typeof english, string>> = {
  'order.total_rose': 'मंज़ूरी के लिए भेजने के बाद कुल रकम बढ़ गई है। एक बार फिर देख लें।',
  'order.revised': 'बदला गया: {note}',
};
