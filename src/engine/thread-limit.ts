/** More threads than this only cost memory, on any machine. */
export const MOST_THREADS = 256;
