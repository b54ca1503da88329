import { speakChosenLanguage } from '../words/catalogue.ts';

await speakChosenLanguage();
await import('./window.tsx');
