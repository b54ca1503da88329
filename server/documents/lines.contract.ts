/** How many lines an order may have; the longest seen have 2,749. */
export const mostLines = 5_000;
