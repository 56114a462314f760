/** The machine's chance, in [0, 1); injected wherever it matters, as the clock is. */
export const systemRandom = (): number => Math.random();
