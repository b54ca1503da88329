// First: a mailed link is taken out of the address before anything else runs.
import '../lib/arrived-link.ts';
import { speakChosenLanguage } from '../words/catalogue.ts';

await speakChosenLanguage();
await import('./window.tsx');
