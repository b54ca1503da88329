export { stockCountScreens } from '../stock-counts.ts';
