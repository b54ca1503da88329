/** Removes what a killed benchmark left behind. */
import { sweepBenchDirectories } from './bench-directory.ts';

sweepBenchDirectories();
