// First: the link of a mail leaves the address before anything else runs.
import '../lib/arrived-link.ts';
import { speakChosenLanguage } from '../words/catalogue.ts';

await speakChosenLanguage();
await import('./window.tsx');
