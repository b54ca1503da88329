/** Removes what a benchmark left that could not do it itself. */
import { sweepBenchDirectories } from './bench-directory.ts';

sweepBenchDirectories();
